package dev.smartdispatcher.cli.why;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the sentence that the operator writes of a job that waits for workers: {@code 0/12 workers: 7 WrongArchitecture, 2
 * TooLittleMemory (needs 9Gi memory with parallelism 4; nearest: node-3 has 6Gi)}.
 */
final class WaitSentence {
    private static final Pattern START = Pattern.compile("^0/[0-9]+ workers: ");
    private static final Pattern COUNT =
            Pattern.compile("(?<workers>[0-9]{1,9}) (?<reason>[A-Za-z]+)(?: \\((?<detail>.*)\\))?", Pattern.DOTALL);

    private WaitSentence() {}

    /** The workers by reason; none of a sentence of another form. A part that was cut off, at the end, is left out. */
    static List<WorkerCount> counts(String sentence) {
        var start = START.matcher(sentence);
        if (!start.find()) {
            return List.of();
        }
        var counts = new ArrayList<WorkerCount>();
        for (var part : parts(sentence.substring(start.end()))) {
            var count = COUNT.matcher(part);
            if (count.matches()) {
                counts.add(new WorkerCount(
                        Integer.parseInt(count.group("workers")), count.group("reason"), count.group("detail")));
            }
        }
        return counts;
    }

    /** Splits at the commas that are outside of parentheses. */
    private static List<String> parts(String text) {
        var parts = new ArrayList<String>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(text.substring(from, i).strip());
                from = i + 1;
            }
        }
        parts.add(text.substring(from).strip());
        return parts;
    }
}
