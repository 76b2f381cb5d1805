package dev.smartdispatcher.operator.validation;

import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.LabelSelector.Operator;
import dev.smartdispatcher.api.LabelSelector.Term;
import java.util.List;
import java.util.Map;

/** What a selector cannot ask for at once. */
public final class Contradictions {
    private Contradictions() {}

    /** Whether a term forbids a label that matchLabels asks for. */
    public static boolean betweenLabelsAndTerms(LabelSelector selector) {
        return terms(selector).stream()
                .filter(term -> labels(selector).containsKey(term.key()))
                .anyMatch(term -> forbids(term, labels(selector).get(term.key())));
    }

    /** Whether a term forbids a label that another asks for, whatever its value. */
    public static boolean amongTerms(LabelSelector selector) {
        return terms(selector).stream()
                .filter(term -> term.operator() == Operator.DoesNotExist)
                .anyMatch(absent -> terms(selector).stream()
                        .anyMatch(term -> term.key().equals(absent.key())
                                && (term.operator() == Operator.Exists || term.operator() == Operator.In)));
    }

    /** Whether all values that a term asks for are forbidden by others on the same label. */
    public static boolean amongValues(LabelSelector selector) {
        return terms(selector).stream()
                .filter(term -> term.operator() == Operator.In && hasValues(term))
                .anyMatch(term -> term.values().stream().noneMatch(value -> terms(selector).stream()
                        .filter(other -> other.key().equals(term.key()) && hasValues(other))
                        .allMatch(other -> !forbids(other, value))));
    }

    private static boolean hasValues(Term term) {
        return term.values() != null
                && !term.values().isEmpty()
                && (term.operator() == Operator.In || term.operator() == Operator.NotIn);
    }

    /** A term that lacks its values breaks another rule. */
    private static boolean forbids(Term term, String value) {
        return switch (term.operator()) {
            case DoesNotExist -> true;
            case NotIn -> term.values() != null && term.values().contains(value);
            case In -> term.values() != null && !term.values().contains(value);
            case Exists -> false;
        };
    }

    private static Map<String, String> labels(LabelSelector selector) {
        return selector.matchLabels() == null ? Map.of() : selector.matchLabels();
    }

    private static List<Term> terms(LabelSelector selector) {
        return selector.matchExpressions() == null ? List.of() : selector.matchExpressions();
    }
}
