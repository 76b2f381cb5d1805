package dev.smartdispatcher.operator.packages;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** For each name, what the layers did to it, in the order in which it happened. */
final class Trace {
    private final Map<String, StringBuilder> steps = new LinkedHashMap<>();

    /** The next step. */
    void add(String name, String step) {
        var text = steps.computeIfAbsent(name, n -> new StringBuilder());
        if (!text.isEmpty()) {
            text.append("; ");
        }
        text.append(step);
    }

    /** The last step undoes an earlier one. */
    void undoes(String name, String step) {
        steps.get(name).append(", which undoes ").append(step);
    }

    /** The last step has no effect because of an earlier one. */
    void without(String name, String step) {
        steps.get(name).append(", without effect because of ").append(step);
    }

    /** A line for each name, separated by tabs: the name, its outcome, the steps. */
    String text(UnaryOperator<String> outcome) {
        var text = new StringBuilder();
        steps.forEach((name, done) -> text.append(name)
                .append('\t')
                .append(outcome.apply(name))
                .append('\t')
                .append(done)
                .append('\n'));
        return text.toString();
    }
}
