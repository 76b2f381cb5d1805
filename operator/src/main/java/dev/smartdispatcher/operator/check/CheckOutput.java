package dev.smartdispatcher.operator.check;

import dev.smartdispatcher.api.worker.CheckResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What {@code check.sh} reports: a first line with how the script ended, then the beginning of its output.
 *
 * @param ended {@code exited CODE}, {@code timeout}, or {@code unusable} where the image lacks what the entry needs; empty if the report does not say
 * @param exitCode of a script that exited
 * @param attributes the last lines {@code key=value}
 * @param text the other lines as one
 */
public record CheckOutput(String ended, OptionalInt exitCode, Map<String, String> attributes, String text) {
    static final String EXITED = "exited";
    static final String TIMEOUT = "timeout";
    static final String UNUSABLE = "unusable";

    private static final Pattern FIRST_LINE = Pattern.compile(
            "smart-dispatcher-check: (?:(exited) (1?[0-9]{1,2}|2[0-4][0-9]|25[0-5])|(timeout)|(unusable))");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z0-9][-a-z0-9.]{0,30})=([A-Za-z0-9._-]{0,63})");
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[^\\x20-\\x7e]");
    /** In characters, of all keys and values: a result is at most one KiB in a worker's status. */
    private static final int MOST_TEXT = 640;

    /** Reads a container's termination message, whatever is in it; null for none. */
    public static CheckOutput of(String report) {
        var lines = new ArrayDeque<>(
                report == null
                        ? Collections.<String>emptyList()
                        : report.lines().toList());
        var first = FIRST_LINE.matcher(lines.isEmpty() ? "" : lines.peekFirst());
        boolean says = first.matches();
        if (says) {
            lines.removeFirst();
        }
        var attributes = new TreeMap<String, String>();
        var words = new ArrayList<String>();
        int text = 0;
        for (var last = lines.descendingIterator(); last.hasNext(); ) {
            var line = last.next().strip();
            var attribute = ATTRIBUTE.matcher(line);
            if (!attribute.matches()) {
                words.add(line);
            } else if (!attributes.containsKey(attribute.group(1))
                    && attributes.size() < CheckResult.MOST_ATTRIBUTES
                    && text + line.length() <= MOST_TEXT) {
                attributes.put(attribute.group(1), attribute.group(2));
                text += line.length();
            }
        }
        Collections.reverse(words);
        return new CheckOutput(
                says
                        ? Optional.ofNullable(first.group(1))
                                .or(() -> Optional.ofNullable(first.group(3)))
                                .orElse(UNUSABLE)
                        : "",
                says && first.group(2) != null ? OptionalInt.of(Integer.parseInt(first.group(2))) : OptionalInt.empty(),
                Collections.unmodifiableMap(attributes),
                NOT_PRINTABLE
                        .matcher(String.join(" ", words))
                        .replaceAll("?")
                        .replaceAll(" {2,}", " ")
                        .strip());
    }
}
