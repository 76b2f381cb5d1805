package dev.smartdispatcher.operator.scheduler.filter;

import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.LabelSelector.Term;
import java.util.Map;
import java.util.stream.Collectors;

/** A job's workerSelector in words. */
final class SelectorRule {
    private SelectorRule() {}

    static UnmetNeed unmetNeed(LabelSelector selector, Map<String, String> labels) {
        return new UnmetNeed(
                selector.terms().map(SelectorRule::term).collect(Collectors.joining(" and ")),
                selector.mismatches(labels).stream()
                        .map(Term::key)
                        .distinct()
                        .map(key -> label(key, labels))
                        .collect(Collectors.joining(" and ", "has ", "")));
    }

    private static String term(Term term) {
        return switch (term.operator()) {
            case In -> term.key() + "=" + String.join("|", term.values());
            case NotIn -> term.key() + "!=" + String.join("|", term.values());
            case Exists -> "label " + term.key();
            case DoesNotExist -> "no label " + term.key();
        };
    }

    private static String label(String key, Map<String, String> labels) {
        return labels.containsKey(key) ? key + "=" + labels.get(key) : "no label " + key;
    }
}
