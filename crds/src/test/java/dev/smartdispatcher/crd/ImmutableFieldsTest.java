package dev.smartdispatcher.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.Mutable;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ImmutableFieldsTest {
    private record Spec(
            @Required String target,
            @JsonProperty("package") String packageName,
            @Mutable Integer priority) {}

    private record Long(
            @Required String a,
            @Required String b,
            @Required String c,
            @Required String d,
            @Required String e,
            @Required String f,
            @Required String g,
            @Required String h) {}

    @Test
    void aFieldIsComparedByItsNameInJsonAndWhetherItIsThere() {
        assertThat(ImmutableFields.rules(Spec.class, "!has(oldSelf.status)", "it stays"))
                .singleElement()
                .returns("it stays", ValidationRule::getMessage)
                .returns(
                        "!has(oldSelf.status) || (self.spec.target == oldSelf.spec.target &&"
                                + " has(self.spec.__package__) == has(oldSelf.spec.__package__) &&"
                                + " (!has(self.spec.__package__) || self.spec.__package__ =="
                                + " oldSelf.spec.__package__))",
                        ValidationRule::getRule);
    }

    @Test
    void whatOneRuleCannotHoldIsInTheNext() {
        assertThat(ImmutableFields.rules(Long.class, "false", "it stays"))
                .extracting(ValidationRule::getRule)
                .hasSize(2)
                .last()
                .isEqualTo("false || (self.spec.h == oldSelf.spec.h)");
    }

    @Test
    void everyFieldOfAJobIsComparedUnlessItIsMarked() {
        var rules = ImmutableFields.rules(BuildJobSpec.class, "false", "it stays");
        assertThat(Pattern.compile("self\\.spec\\.(\\w+) == ")
                        .matcher(rules.stream().map(ValidationRule::getRule).reduce("", String::concat))
                        .results()
                        .map(found -> found.group(1)))
                .hasSize(BuildJobSpec.class.getRecordComponents().length - 5)
                .doesNotHaveDuplicates()
                .doesNotContain("priority", "suspend", "cancelled", "ttlSecondsAfterFinished", "activeDeadlineSeconds");
    }
}
