package dev.smartdispatcher.operator.scheduler.plain;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.demand.KernelRange;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.scheduler.filter.FactDemand;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.filter.RpmVersion;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.CheckStanding;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.placement.Reservation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Why a worker does not take a job after a scheduling cycle, by the rules as docs/architecture.md has them, one after the other. */
public final class PlainReason {
    private PlainReason() {}

    public static Optional<Reason> of(PendingJob job, Worker worker, Snapshot snapshot, Plan plan) {
        return mismatch(job.requirements(), worker)
                .or(() -> size(job.envelope().smallest(), worker))
                .or(worker::closed)
                .or(() -> moment(job, worker, snapshot))
                .or(() -> limit(job, worker, snapshot, plan))
                .or(() -> room(job, worker, snapshot, plan));
    }

    private static Optional<Reason> mismatch(Requirements r, Worker w) {
        var modes = EnumSet.noneOf(Mode.class);
        if (w.targets().containsKey(r.target())) {
            modes.add(w.targets().get(r.target()));
        }
        if (r.crossHosts().contains(w.hostArch())) {
            modes.add(Mode.Cross);
        }
        if (modes.isEmpty()) {
            return Optional.of(Reason.WrongArchitecture);
        }
        if (!r.hostArch().isEmpty() && !r.hostArch().contains(w.hostArch())) {
            return Optional.of(Reason.WrongHostArchitecture);
        }
        if (!r.modes().isEmpty() && modes.stream().noneMatch(r.modes()::contains)) {
            return Optional.of(Reason.WrongMode);
        }
        if (r.flagsPresent().stream().anyMatch(f -> !w.cpuFlags().contains(f))
                || r.flagsAbsent().stream().anyMatch(w.cpuFlags()::contains)) {
            return Optional.of(Reason.WrongCpuFlags);
        }
        if (r.kernel().isPresent() && !accepts(r.kernel().get(), w.kernel())) {
            return Optional.of(Reason.WrongKernel);
        }
        if (!w.isolation().contains(r.isolation()) || r.userNamespace() && !w.userNamespaces()) {
            return Optional.of(Reason.WrongIsolation);
        }
        if (r.notIsolation().stream().anyMatch(w.isolation()::contains)) {
            return Optional.of(Reason.ExcludedIsolation);
        }
        if (r.checks().stream().anyMatch(c -> w.checks().get(c) != CheckStanding.Passed)) {
            return Optional.of(Reason.CheckNotPassed);
        }
        if (!r.facts().stream().allMatch(demand -> isMet(demand, w))) {
            return Optional.of(Reason.WrongFacts);
        }
        if (r.minSpeed() > 0
                && (w.measuredSpeed().isEmpty() || w.measuredSpeed().getAsInt() < r.minSpeed())) {
            return Optional.of(Reason.TooSlow);
        }
        if (r.selector().isPresent() && !r.selector().get().matches(w.labels())) {
            return Optional.of(Reason.SelectorMismatch);
        }
        return w.freeInodes() < r.inodes() ? Optional.of(Reason.TooFewInodes) : Optional.empty();
    }

    /** Amounts of the tests' farms are whole numbers. */
    private static boolean isMet(FactDemand demand, Worker worker) {
        var value = worker.facts().get(demand.name());
        if (value == null) {
            return false;
        }
        return demand.atLeast().isPresent()
                ? value.matches("[0-9]+")
                        && Long.parseLong(value) >= demand.atLeast().get().longValueExact()
                : demand.anyOf().contains(value);
    }

    private static boolean accepts(KernelRange range, Worker.Kernel kernel) {
        boolean bounded = isSet(range.minVersion()) || isSet(range.maxVersion());
        return (!bounded || isSet(kernel.version()))
                && (!isSet(range.minVersion()) || RpmVersion.compare(range.minVersion(), kernel.version()) <= 0)
                && (!isSet(range.maxVersion()) || RpmVersion.compare(kernel.version(), range.maxVersion()) <= 0)
                && (!isSet(range.flavor()) || kernel.flavor().equals(range.flavor()));
    }

    private static boolean isSet(String text) {
        return text != null && !text.isEmpty();
    }

    private static Optional<Reason> size(Room need, Worker worker) {
        var budget = worker.budget();
        if (budget.cpuMillis() < need.cpuMillis()) {
            return Optional.of(Reason.TooLittleCpu);
        }
        if (budget.memory() < need.memory()) {
            return Optional.of(Reason.TooLittleMemory);
        }
        if (budget.disk() < need.disk()) {
            return Optional.of(worker.statedDisk() < need.disk() ? Reason.TooLittleDisk : Reason.TooLittleFreeDisk);
        }
        return budget.jobs() < 1 ? Optional.of(Reason.TooFewJobs) : Optional.empty();
    }

    private static Optional<Reason> moment(PendingJob job, Worker worker, Snapshot snapshot) {
        if (worker.endBy().isPresent()
                && job.duration()
                        .map(d -> snapshot.now().plus(d).isAfter(worker.endBy().get()))
                        .orElse(true)) {
            return Optional.of(Reason.EndsAfterDeadline);
        }
        return job.avoid().contains(worker.name()) ? Optional.of(Reason.BackingOff) : Optional.empty();
    }

    private static Optional<Reason> limit(PendingJob job, Worker worker, Snapshot snapshot, Plan plan) {
        return new PlainLimits(snapshot, plan.placements())
                        .reached(job.tenant())
                        .cover(worker)
                ? Optional.of(Reason.TenantLimit)
                : Optional.empty();
    }

    private static Optional<Reason> room(PendingJob job, Worker worker, Snapshot snapshot, Plan plan) {
        var claims = new ArrayList<Claim>();
        snapshot.claims().stream().filter(c -> c.worker().equals(worker.name())).forEach(claims::add);
        plan.placements().stream()
                .filter(p -> p.worker().name().equals(worker.name()))
                .forEach(p -> claims.add(p.claim()));
        var free = claims.stream().map(Claim::room).reduce(worker.budget(), Room::minus);
        if (!free.fits(job.envelope().smallest())) {
            return Optional.of(Reason.NoRoom);
        }
        return PlainCycle.pending(snapshot).stream()
                .filter(ahead ->
                        worker.name().equals(plan.reserved().get(ahead.key().uid())))
                .filter(ahead -> !ahead.key().equals(job.key()))
                .filter(ahead -> delays(job, ahead, worker, free, claims, snapshot, plan))
                .map(ahead -> Reason.Reserved)
                .findFirst();
    }

    /** Whether the job could be in the way when there is room for the one ahead: it may run then, and there is not room for both. */
    private static boolean delays(
            PendingJob job,
            PendingJob ahead,
            Worker worker,
            Room free,
            List<Claim> claims,
            Snapshot snapshot,
            Plan plan) {
        var reservation = Reservation.of(ahead, worker, free, claims, snapshot.now());
        if (reservation.start().isEmpty()) {
            // Whoever should be gone when the room would be given back is in nobody's way.
            var until = plan.terms().get(ahead.key().uid()).until();
            return job.expected()
                    .map(d -> snapshot.now().plus(d).isAfter(until))
                    .orElse(true);
        }
        var start = reservation.start().get();
        if (job.duration().isPresent()
                && !snapshot.now().plus(job.duration().get()).isAfter(start)) {
            return false;
        }
        var then = claims.stream()
                .filter(c -> c.end().isEmpty() || c.end().get().isAfter(start))
                .map(Claim::room)
                .reduce(worker.budget(), Room::minus)
                .minus(reservation.need());
        return !then.fits(job.envelope().smallest());
    }
}
