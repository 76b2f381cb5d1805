package dev.smartdispatcher.crd;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.smartdispatcher.api.job.Mutable;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The CEL rules by which the fields of a spec stay what they are, made from the components of its record: all but those marked
 * {@link Mutable}.
 */
final class ImmutableFields {
    /** The API server bounds the estimated cost of each rule: so many fields leave room for a longer list or text in one of them. */
    private static final int FIELDS_A_RULE = 7;

    /** What CEL reserves and Kubernetes therefore escapes, of the words that a field may well have as its name. */
    private static final Set<String> RESERVED = Set.of(
            ("as break const continue else false for function if import in let loop namespace null package return true var"
                            + " void while")
                    .split(" "));

    private ImmutableFields() {}

    /**
     * The rules, in the order of the components.
     *
     * @param unless CEL: when fields may change all the same
     * @param message what each rule says
     */
    static List<ValidationRule> rules(Class<? extends Record> spec, String unless, String message) {
        var same = Arrays.stream(spec.getRecordComponents())
                .filter(component -> !component.isAnnotationPresent(Mutable.class))
                .map(ImmutableFields::same)
                .toList();
        return IntStream.iterate(0, from -> from < same.size(), from -> from + FIELDS_A_RULE)
                .mapToObj(from -> same.subList(from, Math.min(same.size(), from + FIELDS_A_RULE)).stream()
                        .collect(Collectors.joining(" && ", unless + " || (", ")")))
                .map(rule -> new ValidationRuleBuilder()
                        .withRule(rule)
                        .withMessage(message)
                        .build())
                .toList();
    }

    private static String same(RecordComponent component) {
        var name = Optional.ofNullable(component.getAccessor().getAnnotation(JsonProperty.class))
                .map(JsonProperty::value)
                .orElse(component.getName());
        var field = "self.spec." + (RESERVED.contains(name) ? "__" + name + "__" : name);
        var old = field.replaceFirst("self", "oldSelf");
        var equal = field + " == " + old;
        return component.getAccessor().isAnnotationPresent(Required.class)
                ? equal
                : "has(" + field + ") == has(" + old + ") && (!has(" + field + ") || " + equal + ")";
    }
}
