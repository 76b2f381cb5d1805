package dev.smartdispatcher.cli.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Copies a log without the times before its lines, which tell where to go on after a connection broke: lines that were copied
 * before are left out. Memory does not depend on the length of the log, nor of a line.
 */
final class LogCopy {
    private static final int BUFFER = 64 << 10;
    /** Of a time, with nanoseconds and zone. */
    private static final int LONGEST_TIME = 40;

    private final OutputStream out;
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream(LONGEST_TIME);
    private boolean inLine;
    private boolean leftOut;
    private Instant time;
    private Instant last;
    private Instant before;

    LogCopy(OutputStream out) {
        this.out = out;
    }

    /** The time of the last line that was copied whole. */
    Optional<Instant> last() {
        return Optional.ofNullable(last);
    }

    /**
     * Copies to the end of the stream, or until it breaks; it is closed. Whether it did not break.
     *
     * @throws UncheckedIOException if nobody reads any more what is written
     */
    boolean from(InputStream lines) {
        if (inLine && !leftOut) {
            // The line comes again as a whole.
            write(new byte[] {'\n'}, 0, 1);
        }
        inLine = false;
        beginning.reset();
        before = last;
        var buffer = new byte[BUFFER];
        try (lines) {
            for (int read = lines.read(buffer); read >= 0; read = lines.read(buffer)) {
                copy(buffer, read);
                flush();
            }
        } catch (IOException e) {
            return false;
        }
        if (!inLine && beginning.size() > 0) {
            begin();
        }
        flush();
        return true;
    }

    private void copy(byte[] buffer, int end) {
        int at = 0;
        while (at < end) {
            at = inLine ? rest(buffer, at, end) : beginning(buffer, at, end);
        }
    }

    /** Collects what may be a time; returns where the line goes on. */
    private int beginning(byte[] buffer, int from, int end) {
        int at = from;
        while (at < end && buffer[at] != ' ' && buffer[at] != '\n' && beginning.size() < LONGEST_TIME) {
            beginning.write(buffer[at++]);
        }
        if (at == end) {
            return at;
        }
        return begin() && buffer[at] == ' ' ? at + 1 : at;
    }

    /** Whether the line begins with a time; otherwise what was collected is of the line. */
    private boolean begin() {
        inLine = true;
        var text = beginning.toByteArray();
        beginning.reset();
        try {
            time = Instant.parse(new String(text, StandardCharsets.US_ASCII));
            leftOut = before != null && !time.isAfter(before);
            return true;
        } catch (DateTimeParseException e) {
            time = null;
            leftOut = false;
            write(text, 0, text.length);
            return false;
        }
    }

    private int rest(byte[] buffer, int from, int end) {
        int at = from;
        while (at < end && buffer[at] != '\n') {
            at++;
        }
        boolean whole = at < end;
        int to = whole ? at + 1 : at;
        if (!leftOut) {
            write(buffer, from, to - from);
        }
        if (whole) {
            inLine = false;
            last = time == null || leftOut ? last : time;
        }
        return to;
    }

    private void write(byte[] bytes, int from, int length) {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
