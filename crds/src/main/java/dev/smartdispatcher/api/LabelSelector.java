package dev.smartdispatcher.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A Kubernetes label selector: all of its terms must hold; an empty one selects everything. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LabelSelector(
        @Size(max = 64) @JsonPropertyDescription("Labels that must have exactly these values.")
        Map<String, @Size(max = 63) String> matchLabels,

        @Size(max = 16) @JsonPropertyDescription("Further terms, all of which must hold.")
        List<Term> matchExpressions) {

    /** The comparison of a {@link Term}. */
    public enum Operator {
        In,
        NotIn,
        Exists,
        DoesNotExist
    }

    /** One term on one label. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "(self.operator in ['In', 'NotIn']) == (has(self.values) && size(self.values) > 0)",
            message = Term.VALUES)
    public record Term(
            @Required @Size(min = 1, max = 317) @JsonPropertyDescription("Label key.")
            String key,

            @Required @JsonPropertyDescription("In, NotIn, Exists or DoesNotExist.")
            Operator operator,

            @Size(max = 64) @JsonPropertyDescription("Values for In and NotIn.")
            List<@Size(max = 63) String> values) {
        public static final String VALUES = "values must be set for In and NotIn, and only for them";

        /** Whether the labels satisfy this term. */
        public boolean matches(Map<String, String> labels) {
            var value = labels.get(key);
            return switch (operator) {
                case In -> value != null && values.contains(value);
                case NotIn -> value == null || !values.contains(value);
                case Exists -> value != null;
                case DoesNotExist -> value == null;
            };
        }
    }

    /** The terms that the labels do not satisfy, those of matchLabels as what they stand for. */
    public List<Term> mismatches(Map<String, String> labels) {
        return terms().filter(t -> !t.matches(labels)).toList();
    }

    /** All terms, those of matchLabels by their keys, as what they stand for. */
    public Stream<Term> terms() {
        return Stream.concat(
                matchLabels == null
                        ? Stream.of()
                        : new TreeMap<>(matchLabels)
                                .entrySet().stream().map(e -> new Term(e.getKey(), Operator.In, List.of(e.getValue()))),
                matchExpressions == null ? Stream.of() : matchExpressions.stream());
    }

    /** Whether the labels satisfy every term. */
    public boolean matches(Map<String, String> labels) {
        return (matchLabels == null || labels.entrySet().containsAll(matchLabels.entrySet()))
                && (matchExpressions == null || matchExpressions.stream().allMatch(t -> t.matches(labels)));
    }
}
