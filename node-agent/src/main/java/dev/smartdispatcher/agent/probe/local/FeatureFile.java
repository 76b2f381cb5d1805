package dev.smartdispatcher.agent.probe.local;

import dev.smartdispatcher.api.worker.facts.AgentFacts;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of local facts, read line by line: {@code NAME=VALUE}, or {@code NAME} alone for the value {@code true}. Lines that
 * begin with {@code #} are comments, but {@code # +expiry-time=TIME} (RFC 3339) ends the life of all facts below it, up to the
 * next such line. Source of the form: Node Feature Discovery's feature files. A line that cannot be read is a problem, and costs
 * no other; below an expiry time that cannot be read, no fact counts.
 */
final class FeatureFile {
    private static final Pattern EXPIRY = Pattern.compile("#\\s*\\+expiry-time=(.*)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
    private static final Pattern VALUE = Pattern.compile("[ -~]*");
    private static final int LONGEST_QUOTE = 40;

    /** What becomes of what a file says. */
    interface Reader {
        void fact(int line, String name, String value);

        /** @param sentence what is wrong with the line, without its number */
        void problem(int line, String sentence);
    }

    private final Instant now;
    private final Reader reader;
    private boolean expired;

    private FeatureFile(Instant now, Reader reader) {
        this.now = now;
        this.reader = reader;
    }

    /** Tells the reader what these lines state at this time. Lines are counted from 1. */
    static void read(List<String> lines, Instant now, Reader reader) {
        FeatureFile file = new FeatureFile(now, reader);
        for (int i = 0; i < lines.size(); i++) {
            file.line(i + 1, lines.get(i).strip());
        }
    }

    private void line(int number, String line) {
        Matcher expiry = EXPIRY.matcher(line);
        if (expiry.matches()) {
            expire(number, expiry.group(1).strip());
        } else if (!line.isEmpty() && !line.startsWith("#") && !expired) {
            fact(number, line);
        }
    }

    private void expire(int number, String time) {
        try {
            expired = !OffsetDateTime.parse(time).toInstant().isAfter(now);
        } catch (DateTimeException e) {
            expired = true;
            reader.problem(
                    number,
                    "'" + quoted(time) + "' is not a time as 2026-12-01T08:30:00Z: the facts below it do not count");
        }
    }

    private void fact(int number, String line) {
        int sign = line.indexOf('=');
        String name = sign < 0 ? line : line.substring(0, sign).strip();
        String value = sign < 0 ? "true" : line.substring(sign + 1).strip();
        if (name.length() > AgentFacts.LONGEST_NAME || !NAME.matcher(name).matches()) {
            reader.problem(
                    number,
                    "'" + quoted(name) + "' is no name of a fact: at most " + AgentFacts.LONGEST_NAME
                            + " letters, digits, -, _ and ., with a letter or digit at both ends");
        } else if (value.length() > AgentFacts.LONGEST_VALUE
                || !VALUE.matcher(value).matches()) {
            reader.problem(
                    number,
                    "the value of " + name + " has more than " + AgentFacts.LONGEST_VALUE
                            + " characters, or others than printable ASCII");
        } else {
            reader.fact(number, name, value);
        }
    }

    private static String quoted(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }
}
