package dev.smartdispatcher.agent.publish;

import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.Amounts;
import dev.smartdispatcher.api.worker.facts.DiskFacts;
import dev.smartdispatcher.api.worker.facts.LoadFacts;
import dev.smartdispatcher.api.worker.facts.LoadFacts.Pressure;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Objects;

/**
 * Whether facts changed so much that they are worth a write before the next regular one. Every difference is, but for what
 * flutters on a healthy machine:
 *
 * <ul>
 *   <li>the clock's skew: 5 s
 *   <li>free disk, and the disk recommended by it: 5 % of the capacity
 *   <li>free inodes: a tenth of what there were
 *   <li>CPU load: a quarter of the machine, but at least 1 core
 *   <li>available memory: 5 % of the total
 *   <li>pressure: 25 percent points
 * </ul>
 *
 * A value that appears or vanishes is a change, except for the CPU load, the pressure and the clock's skew. The time is none.
 */
final class MaterialChange {
    private static final long SKEW_SECONDS = 5;
    private static final double DISK = 0.05;
    private static final double INODES = 0.1;
    private static final double CPU = 0.25;
    private static final double MEMORY = 0.05;
    private static final long CORE_MILLIS = 1000;
    private static final int PRESSURE_POINTS = 25;

    private final AgentFacts before;
    private final AgentFacts now;

    private MaterialChange(AgentFacts before, AgentFacts now) {
        this.before = before;
        this.now = now;
    }

    static boolean between(AgentFacts before, AgentFacts now) {
        MaterialChange change = new MaterialChange(before, now);
        return !steady(before).equals(steady(now)) || change.ofClock() || change.ofDisk() || change.ofLoad();
    }

    /** What must not differ at all. */
    private static AgentFacts steady(AgentFacts facts) {
        Amounts limits = facts.recommendedLimits();
        DiskFacts disk = facts.disk();
        return facts.with()
                .observedTime(null)
                .clockSkewSeconds(null)
                .disk(disk == null ? null : new DiskFacts(disk.capacity(), null, null))
                .load(null)
                .recommendedLimits(
                        limits == null ? null : new Amounts(limits.cpu(), limits.memory(), null, limits.jobs()))
                .build();
    }

    /** One that is not known yet is most likely none. */
    private boolean ofClock() {
        return Math.abs(skew(now) - skew(before)) >= SKEW_SECONDS;
    }

    private static long skew(AgentFacts facts) {
        return facts.clockSkewSeconds() == null ? 0 : facts.clockSkewSeconds();
    }

    /** Asked when capacities are equal: both have a disk, or none has. */
    private boolean ofDisk() {
        if (before.disk() == null || now.disk() == null) {
            return false;
        }
        long step = (long) (DISK * Quantities.bytes(now.disk().capacity()));
        Long inodes = before.disk().freeInodes();
        return moved(bytes(before.disk().free()), bytes(now.disk().free()), step)
                || moved(
                        bytes(before.recommendedLimits().disk()),
                        bytes(now.recommendedLimits().disk()),
                        step)
                || moved(inodes, now.disk().freeInodes(), inodes == null ? 0 : (long) (INODES * inodes));
    }

    private boolean ofLoad() {
        LoadFacts then = before.load();
        LoadFacts load = now.load();
        if (then == null || load == null) {
            return then != load;
        }
        return movedIfBoth(millis(then.cpu()), millis(load.cpu()), cpuStep())
                || moved(bytes(then.memoryAvailable()), bytes(load.memoryAvailable()), memoryStep())
                || pressureMoved(then.pressure(), load.pressure());
    }

    private long cpuStep() {
        long threads = now.cpu() == null ? 0 : now.cpu().threads();
        return Math.max(CORE_MILLIS, (long) (CPU * 1000 * threads));
    }

    private long memoryStep() {
        return now.memory() == null
                ? 0
                : (long) (MEMORY * Quantities.bytes(now.memory().total()));
    }

    private static boolean pressureMoved(Pressure then, Pressure now) {
        return then != null
                && now != null
                && (movedIfBoth(then.cpu(), now.cpu(), PRESSURE_POINTS)
                        || movedIfBoth(then.memory(), now.memory(), PRESSURE_POINTS)
                        || movedIfBoth(then.io(), now.io(), PRESSURE_POINTS));
    }

    private static boolean moved(Long before, Long now, long step) {
        return before == null || now == null
                ? !Objects.equals(before, now)
                : Math.abs(now - before) >= Math.max(1, step);
    }

    private static boolean movedIfBoth(Number before, Number now, long step) {
        return before != null && now != null && moved(before.longValue(), now.longValue(), step);
    }

    private static Long bytes(Quantity quantity) {
        return quantity == null ? null : (Long) Quantities.bytes(quantity);
    }

    private static Long millis(Quantity quantity) {
        return quantity == null ? null : (Long) Quantities.millis(quantity);
    }
}
