package dev.smartdispatcher.operator.scheduler.model;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A build worker as the scheduling cycle sees it.
 *
 * @param name of the BuildWorker and its Node
 * @param hostArch what it is offered as
 * @param targets how it builds each architecture by itself; Cross is not among them, it follows from environments
 * @param isolation what its jobs can have: what works on the machine, and has its device on the Node where it needs one
 * @param userNamespaces whether it can give a pod a user namespace, whatever the policy says
 * @param facts what else is known of it, by names as {@code hypervisor} and {@code local.rack}
 * @param measuredSpeed of one thread, as the agent measured it; 100 is ordinary
 * @param freeInodes of the disk that builds use, about; {@link Long#MAX_VALUE} if it has no fixed number of them
 * @param budget what builds may use of it altogether; no more disk than others leave them
 * @param statedDisk bytes that builds might use were more free on the disk; the budget's if enough is
 * @param closed why it takes no job at all, or empty if it does
 * @param endBy a planned maintenance: only what is known to end by then may start; or empty
 * @param othersMillis CPU of the budget that others than builds use all the same, in millicores: nobody is kept from starting by
 *     it, but what starts is made smaller
 * @param checks how it stands with the checks that are for it, by their names
 */
@RecordBuilder
public record Worker(
        String name,
        Architecture hostArch,
        Map<Architecture, Mode> targets,
        Set<JobIsolation> isolation,
        boolean userNamespaces,
        Set<String> cpuFlags,
        Kernel kernel,
        Map<String, String> facts,
        OptionalInt measuredSpeed,
        long freeInodes,
        Map<String, String> labels,
        Room budget,
        long statedDisk,
        Optional<Reason> closed,
        Optional<Instant> endBy,
        long othersMillis,
        Map<String, CheckStanding> checks)
        implements WorkerBuilder.With {
    public static final int ORDINARY_SPEED = 100;

    public Worker {
        targets = Map.copyOf(targets);
        isolation = Set.copyOf(isolation);
        cpuFlags = Set.copyOf(cpuFlags);
        facts = Map.copyOf(facts);
        labels = Map.copyOf(labels);
        checks = Map.copyOf(checks);
    }

    /** Version and flavour of a kernel; both empty if unknown. */
    public record Kernel(String version, String flavor) {
        public static final Kernel UNKNOWN = new Kernel("", "");
    }

    /** Whether this matches what the other one does: all but size, use and standing is the same. */
    public boolean matchesAs(Worker other) {
        return with(other.budget, other.closed, other.endBy)
                .withOthersMillis(other.othersMillis)
                .withStatedDisk(other.statedDisk)
                .equals(other);
    }

    /** Where others leave so much of the disk to builds. */
    public Worker withDiskLeft(long bytes) {
        var left = new Room(budget.cpuMillis(), budget.memory(), Math.min(budget.disk(), bytes), budget.jobs());
        return with().budget(left).build();
    }

    /** In words that tell too little that is free from too little that there is. */
    public Reason tell(Reason misfit, long disk) {
        return misfit == Reason.TooLittleDisk && disk <= statedDisk ? Reason.TooLittleFreeDisk : misfit;
    }

    /** With another size and standing. */
    public Worker with(Room newBudget, Optional<Reason> newClosed, Optional<Instant> newEndBy) {
        return with().budget(newBudget).closed(newClosed).endBy(newEndBy).build();
    }

    /** Relative speed of one thread: the measured one, else the ordinary. */
    public int speed() {
        return measuredSpeed.orElse(ORDINARY_SPEED);
    }

    /** How much the whole worker gets done: threads times their speed. */
    public long strength() {
        return budget.cpuMillis() * speed();
    }
}
