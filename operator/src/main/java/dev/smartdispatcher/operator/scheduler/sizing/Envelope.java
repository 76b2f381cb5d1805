package dev.smartdispatcher.operator.scheduler.sizing;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.model.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a job needs as a function of N, its number of make jobs.
 *
 * @param cpuMillis CPU in millicores for each of N; positive
 * @param base memory in bytes whatever N is
 * @param perProcess further memory in bytes for each of N
 * @param disk bytes whatever N is
 * @param least smallest N, at least 1
 * @param most largest N, at least {@code least}
 */
public record Envelope(long cpuMillis, long base, long perProcess, long disk, int least, int most) {
    public Envelope {
        if (cpuMillis <= 0 || base < 0 || perProcess < 0 || disk < 0 || least < 1 || most < least) {
            throw new IllegalArgumentException("no envelope: cpu " + cpuMillis + "m, memory " + base + " + N x "
                    + perProcess + ", disk " + disk + ", N from " + least + " to " + most);
        }
    }

    /** With another smallest N. */
    public Envelope from(int newLeast) {
        return new Envelope(cpuMillis, base, perProcess, disk, newLeast, most);
    }

    /** With another memory, as base + N x perProcess bytes. */
    public Envelope withMemory(long newBase, long newPerProcess) {
        return new Envelope(cpuMillis, newBase, newPerProcess, disk, least, most);
    }

    /** With another disk, in bytes. */
    public Envelope withDisk(long bytes) {
        return new Envelope(cpuMillis, base, perProcess, bytes, least, most);
    }

    /** The room that N make jobs take. */
    public Room room(int parallelism) {
        return new Room(
                Math.multiplyExact(cpuMillis, parallelism),
                Math.addExact(base, Math.multiplyExact(perProcess, parallelism)),
                disk,
                1);
    }

    /** The room that the smallest N takes. */
    public Room smallest() {
        return room(least);
    }

    /** Why an empty worker with this budget could not host the job even at its smallest N; empty if it could. */
    public Optional<Reason> misfit(Room budget) {
        var need = smallest();
        if (need.cpuMillis() > budget.cpuMillis()) {
            return Optional.of(Reason.TooLittleCpu);
        }
        if (need.memory() > budget.memory()) {
            return Optional.of(Reason.TooLittleMemory);
        }
        if (need.disk() > budget.disk()) {
            return Optional.of(Reason.TooLittleDisk);
        }
        return need.jobs() > budget.jobs() ? Optional.of(Reason.TooFewJobs) : Optional.empty();
    }

    /** All that {@link #misfit} would say, one after the other, of a worker that is given more of what it has too little of. */
    public List<Reason> misfits(Room budget) {
        var need = smallest();
        var reasons = new ArrayList<Reason>();
        var given = budget;
        for (var reason = misfit(given); reason.isPresent(); reason = misfit(given)) {
            reasons.add(reason.get());
            given = switch (reason.get()) {
                case TooLittleCpu -> given.max(new Room(need.cpuMillis(), 0, 0, 0));
                case TooLittleMemory -> given.max(new Room(0, need.memory(), 0, 0));
                case TooLittleDisk -> given.max(new Room(0, 0, need.disk(), 0));
                default -> given.max(need);
            };
        }
        return reasons;
    }

    /** The largest N in the range that fits, or 0 if not even the smallest does. */
    public int largestIn(Room free) {
        return free.fits(smallest()) ? largestFitting(free) : 0;
    }

    /** The same where the smallest is known to fit. */
    int largestFitting(Room free) {
        long byCpu = free.cpuMillis() / cpuMillis;
        long byMemory = perProcess == 0 ? most : (free.memory() - base) / perProcess;
        return (int) Math.min(most, Math.min(byCpu, byMemory));
    }
}
