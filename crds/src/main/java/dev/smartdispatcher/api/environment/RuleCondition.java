package dev.smartdispatcher.api.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.arch.ArchitectureRule;
import dev.smartdispatcher.arch.Mode;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** When a rule applies: every list that is there must hold the value in question. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "(!has(self.hostArch) || self.hostArch.all(a, a in " + ArchitectureRule.NAMES + "))"
                + " && (!has(self.targetArch) || self.targetArch.all(a, a in " + ArchitectureRule.NAMES + "))",
        message = RuleCondition.ARCHITECTURES)
@ValidationRule(
        value =
                "!has(self.modes) || !self.modes.exists(m, m == 'Cross') || (has(self.hostArch) && size(self.hostArch) > 0"
                        + " && has(self.targetArch) && size(self.targetArch) > 0)",
        message = RuleCondition.CROSS_PAIR)
public record RuleCondition(
        @Size(max = 16) @JsonPropertyDescription("Architectures of the worker; empty: any.")
        List<@Size(max = 16) String> hostArch,

        @Size(max = 16) @JsonPropertyDescription("Architectures to build for; empty: any.")
        List<@Size(max = 16) String> targetArch,

        @Size(max = 4) @JsonPropertyDescription("Native, Compat, Cross, Emulated; empty: any.")
        List<Mode> modes) {
    public static final String ARCHITECTURES =
            "when.hostArch and when.targetArch must hold names of x86_64, i586, aarch64, armv7l, ppc64le, s390x, riscv64, ppc64, armv6l, loongarch64 only";
    public static final String CROSS_PAIR = "a rule that names mode Cross must name hostArch and targetArch";
    public static final RuleCondition ALWAYS = new RuleCondition(null, null, null);

    public RuleCondition {
        hostArch = hostArch == null ? List.of() : List.copyOf(hostArch);
        targetArch = targetArch == null ? List.of() : List.copyOf(targetArch);
        modes = modes == null ? List.of() : List.copyOf(modes);
    }
}
