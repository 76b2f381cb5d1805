package dev.smartdispatcher.cli.past;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.cli.output.Time;
import dev.smartdispatcher.operator.profile.Run;
import java.time.Duration;
import java.time.Instant;

/**
 * A build that ended, as the operator remembers it also when its job is deleted. What was not measured is null.
 *
 * @param memory bytes at the peak; of one that ran out of memory what it was given
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PastBuild(
        Instant ended,
        String targetArch,
        String hostArch,
        String worker,
        int parallelism,
        Reason result,
        long seconds,
        Long cpuSeconds,
        Long memory,
        Long disk) {

    static PastBuild of(BuildProfileStatus profile, Run run) {
        return new PastBuild(
                run.end(),
                profile.targetArch(),
                profile.hostArch(),
                run.worker(),
                run.parallelism(),
                switch (run.result()) {
                    case OK -> Reason.Succeeded;
                    case FAILED -> Reason.BuildFailed;
                    case OUT_OF_MEMORY -> Reason.OutOfMemory;
                    case OUT_OF_DISK -> Reason.OutOfDisk;
                },
                run.seconds(),
                measured(run.cpuSeconds()),
                measured(run.memory()),
                measured(run.disk()));
    }

    private static Long measured(long amount) {
        return amount == 0 ? null : amount;
    }

    /** As {@code 4m12s}. */
    public String time() {
        return Time.text(Duration.ofSeconds(seconds));
    }

    /** CPU time, as {@code 12m}. */
    public String cpuTime() {
        return cpuSeconds == null ? null : Time.text(Duration.ofSeconds(cpuSeconds));
    }

    /** As {@code 412Mi}. */
    public String memoryText() {
        return memory == null ? null : Quantities.readBytes(memory);
    }

    /** As {@code 1.2Gi}. */
    public String diskText() {
        return disk == null ? null : Quantities.readBytes(disk);
    }
}
