package dev.smartdispatcher.operator.profile;

import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A run as a line of {@code status.recent}: {@code 2026-11-24T06:33:23Z uid=8c1f2a3b-1 n=4 t=31 c=98 m=412Mi d=900Mi s=112 p=110 ok
 * node-7}. Amounts are rounded up to whole Mi.
 */
final class RunLine {
    private static final long MI = 1L << 20;
    /** The longest name of a worker that a line tells whole; it is told for people only. */
    private static final int LONGEST_WORKER = 63;

    private static final Pattern FORM =
            Pattern.compile("(?<end>[^ ]{20,30}) uid=(?<id>[-0-9a-zA-Z]{1,40}) n=(?<n>[0-9]{1,4})"
                    + " t=(?<t>[0-9]{1,9}) c=(?<c>[0-9]{1,12}) m=(?<m>[0-9]{1,12})Mi d=(?<d>[0-9]{1,12})Mi s=(?<s>[0-9]{1,9})"
                    + " p=(?<p>[0-9]{1,7}) (?<result>[a-z]{1,10}) (?<worker>[^ ]{0,63})");

    private RunLine() {}

    static String of(Run run) {
        return run.end() + " uid=" + run.id() + " n=" + run.parallelism() + " t=" + run.seconds() + " c="
                + run.cpuSeconds() + " m=" + mi(run.memory()) + "Mi d=" + mi(run.disk()) + "Mi s=" + run.speed()
                + " p=" + run.penaltyPercent() + " " + run.result().word() + " "
                + run.worker()
                        .substring(0, Math.min(LONGEST_WORKER, run.worker().length()));
    }

    /** The run in a line; empty if somebody has made something else of it. */
    static Optional<Run> parse(String line) {
        var match = FORM.matcher(line);
        if (!match.matches()) {
            return Optional.empty();
        }
        try {
            return RunResult.of(match.group("result"))
                    .map(result -> new Run(
                            Instant.parse(match.group("end")),
                            match.group("id"),
                            Integer.parseInt(match.group("n")),
                            Long.parseLong(match.group("t")),
                            Long.parseLong(match.group("c")),
                            bytes(match.group("m")),
                            bytes(match.group("d")),
                            Integer.parseInt(match.group("s")),
                            Integer.parseInt(match.group("p")),
                            result,
                            match.group("worker")));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long bytes(String mi) {
        return Quantities.bytes(new Quantity(mi + "Mi"));
    }

    private static long mi(long bytes) {
        return (bytes + MI - 1) / MI;
    }
}
