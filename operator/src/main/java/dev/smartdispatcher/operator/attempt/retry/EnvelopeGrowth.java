package dev.smartdispatcher.operator.attempt.retry;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.arch.Quantities;
import java.util.List;

/**
 * What a job asks for after attempts that ran out of it: the memory envelope is scaled so that at the N of the attempt
 * that ran out it is twice what was allocated, and the disk is doubled.
 *
 * @param base memory in bytes whatever N is
 * @param perProcess further memory in bytes for each of N
 * @param disk bytes
 */
public record EnvelopeGrowth(long base, long perProcess, long disk) {

    /** The envelope after these attempts, which is never below the declared one. */
    public static EnvelopeGrowth grow(long base, long perProcess, long disk, List<Attempt> attempts) {
        double scale = 1;
        long room = disk;
        for (var attempt : attempts) {
            if (attempt.outcome() == Reason.OutOfMemory && attempt.memory() != null && attempt.parallelism() != null) {
                double declared = base + (double) perProcess * attempt.parallelism();
                scale = Math.max(scale, declared == 0 ? 1 : 2.0 * Quantities.bytes(attempt.memory()) / declared);
            }
            if (attempt.outcome() == Reason.OutOfDisk && attempt.disk() != null) {
                room = Math.max(room, 2 * Quantities.bytes(attempt.disk()));
            }
        }
        return new EnvelopeGrowth((long) Math.ceil(base * scale), (long) Math.ceil(perProcess * scale), room);
    }
}
