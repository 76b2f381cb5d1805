package dev.smartdispatcher.operator.profile;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Comparator;

/**
 * A build that ended, as a profile remembers it. Amounts that were not measured are 0.
 *
 * @param end when its container ended
 * @param id part of the job's UID and the number of the attempt: a run is remembered once however often it is told
 * @param parallelism N that it had, at least 1
 * @param seconds from start to end
 * @param cpuSeconds CPU time
 * @param memory bytes: the peak; of one that ran out of memory what it was given, which was too little
 * @param disk bytes: the peak
 * @param speed of the worker; 100 is ordinary
 * @param penaltyPercent of the mode, in percent of the native time
 * @param worker its name
 */
@RecordBuilder
public record Run(
        Instant end,
        String id,
        int parallelism,
        long seconds,
        long cpuSeconds,
        long memory,
        long disk,
        int speed,
        int penaltyPercent,
        RunResult result,
        String worker)
        implements RunBuilder.With {
    /** The order in which runs count: by their end; of equal ones by id, so that it is the same whatever came first. */
    static final Comparator<Run> IN_ORDER = Comparator.comparing(Run::end).thenComparing(Run::id);

    public Run {
        if (parallelism < 1
                || seconds < 0
                || cpuSeconds < 0
                || memory < 0
                || disk < 0
                || speed < 1
                || penaltyPercent < 1) {
            throw new IllegalArgumentException("no run: N " + parallelism + ", " + seconds + " s, CPU " + cpuSeconds
                    + " s, memory " + memory + ", disk " + disk + ", speed " + speed + ", penalty " + penaltyPercent);
        }
    }

    boolean succeeded() {
        return result == RunResult.OK;
    }

    /** Seconds on the worker as seconds on one of speed 100 in the native mode. */
    double ordinary(double secondsOnWorker) {
        return secondsOnWorker * speed / penaltyPercent;
    }
}
