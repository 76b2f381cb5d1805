package dev.smartdispatcher.operator.scheduler.plain;

import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.scheduler.filter.Matcher;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.job.JobKey;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.job.QueueOrder;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.placement.AwaitedWorker;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import dev.smartdispatcher.operator.scheduler.score.Score;
import dev.smartdispatcher.operator.scheduler.sizing.Parallelism;
import dev.smartdispatcher.operator.scheduler.sizing.Pressure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One scheduling pass, as plainly as it can be written: a pure function of a snapshot, that looks at every job and every
 * worker again for each decision.
 *
 * <ol>
 *   <li>Room that was kept for a job stays kept, unless that makes no sense any more, or was in vain for too long.
 *   <li>Of each tenant, from the poorest to the richest, and of each of its kinds of jobs, the first one that can start
 *       nowhere has room reserved for it, up to a number.
 *   <li>Again and again the poorest tenant that has a job that can start somewhere has its first such job placed.
 *       A job that could only be emulated waits instead if it is expected to finish earlier on a worker that is busy.
 *   <li>If that was a job for which room was reserved, that is free again: from 2.
 * </ol>
 */
public final class PlainCycle {
    private final Snapshot snapshot;
    private final Fleet fleet;
    private final Hosts hosts;
    private final Queues queues;
    private final Reservations reservations;
    private final List<Placement> placements = new ArrayList<>();
    private final Map<JobKey, AwaitedWorker> awaited = new HashMap<>();
    private final Tenants tenants;
    private final PlainCounted counted;
    private final PlainPressure pressure;
    private final int most;
    private final int enough;

    private PlainCycle(Snapshot snapshot, int most, int enough) {
        this.snapshot = snapshot;
        this.most = most;
        this.enough = enough;
        fleet = new Fleet(snapshot.workers(), snapshot.claims());
        var limits = new PlainLimits(snapshot, placements);
        hosts = new Hosts(fleet.workers(), new Matcher(snapshot.penalty()), limits, snapshot.now());
        queues = new Queues(snapshot.pending(), hosts);
        reservations = new Reservations(fleet, snapshot.shares().maxReservedPercent(), snapshot.now());
        tenants = new Tenants(snapshot, placements, reservations);
        counted = new PlainCounted(snapshot, placements);
        pressure = new PlainPressure(queues, fleet, tenants, counted, hosts);
    }

    /** Decides on every pending job. */
    public static Plan run(Snapshot snapshot) {
        return run(snapshot, Integer.MAX_VALUE);
    }

    /** Decides on every pending job until so many are placed. */
    public static Plan run(Snapshot snapshot, int most) {
        return run(snapshot, most, Score.ENOUGH);
    }

    /** Decides on every pending job until so many are placed, comparing so many workers for each. */
    public static Plan run(Snapshot snapshot, int most, int enough) {
        return new PlainCycle(snapshot, most, enough).decide();
    }

    /** The waiting jobs of a snapshot, each with the smallest N with which it begins. */
    public static List<PendingJob> pending(Snapshot snapshot) {
        return new PlainCycle(snapshot, 0, Score.ENOUGH).queues.pending();
    }

    private Plan decide() {
        restoreReservations();
        do {
            reserve();
        } while (place() && placements.size() < most);
        if (placements.size() < most) {
            reserve();
        }
        var waits = new Waits(snapshot, fleet, hosts, queues, reservations, tenants, counted, awaited);
        return new Plan(placements, waits.all(), reservations.terms());
    }

    private void restoreReservations() {
        var byName = fleet.workers().stream().collect(Collectors.toMap(Worker::name, w -> w));
        var reserved = queues.pending().stream()
                .filter(job -> snapshot.terms().containsKey(job.key().uid()))
                .sorted(QueueOrder.BY_RANK)
                .toList();
        for (var job : reserved) {
            var term = snapshot.terms().get(job.key().uid());
            var worker = byName.get(term.worker());
            if (term.resting()) {
                reservations.rest(job, term);
            } else if (worker != null
                    && tenants.mayStart(job.tenant())
                    && counted.suffices(job.requirements())
                    && hosts.couldHost(job, worker)) {
                reservations.restore(job, worker, term);
            }
        }
    }

    private void reserve() {
        for (var tenant : poorestFirst()) {
            var seen = new HashSet<Requirements>();
            for (var job : queues.of(tenant)) {
                if (tenants.mayStart(tenant)
                        && counted.suffices(job.requirements())
                        && queues.isHostable(job)
                        && seen.add(job.requirements())
                        && reservations.mayReserveFor(tenant)
                        && reservations.of(job).isEmpty()
                        && best(job).isEmpty()) {
                    reservations.reserveSoonest(job, fleet.workers().stream().filter(w -> hosts.couldHost(job, w)));
                }
            }
        }
    }

    /** Places all jobs that can start; whether room was reserved for one of them. */
    private boolean place() {
        var started = new HashSet<JobKey>();
        while (placements.size() < most) {
            var next = next();
            if (next.isEmpty()) {
                break;
            }
            var candidate = next.get();
            var job = candidate.job();
            var placement = new Placement(
                    job,
                    candidate.worker(),
                    candidate.mode(),
                    candidate.parallelism(),
                    Placement.memory(job, candidate.parallelism(), reservations.host(candidate.worker())),
                    Score.slowness(
                            snapshot.penalty().of(candidate.mode()),
                            candidate.worker().speed()),
                    snapshot.now());
            placements.add(placement);
            fleet.claim(placement.claim());
            queues.remove(job);
            started.add(job.key());
        }
        return reservations.dropStarted(started);
    }

    private Optional<Candidate> next() {
        for (var tenant : poorestFirst()) {
            if (tenants.mayStart(tenant)) {
                for (var job : queues.of(tenant)) {
                    if (awaited.containsKey(job.key()) || !counted.suffices(job.requirements())) {
                        continue;
                    }
                    var best = best(job);
                    if (best.isPresent() && !awaits(best.get())) {
                        return best;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the job of a candidate waits for a faster worker rather than to be emulated there. */
    private boolean awaits(Candidate emulating) {
        if (emulating.mode() != Mode.Emulated) {
            return false;
        }
        var job = emulating.job();
        var now = snapshot.now();
        var bound =
                AwaitedWorker.bound(job, emulating.worker(), emulating.penaltyPercent(), emulating.parallelism(), now);
        var awaitable = fleet.workers().stream()
                .filter(w -> awaited.values().stream().noneMatch(a -> a.worker().equals(w)))
                .filter(w -> hosts.couldHost(job, w))
                .flatMap(w -> {
                    var mode = hosts.match(job, w).mode().orElseThrow();
                    int penalty = snapshot.penalty().of(mode);
                    return AwaitedWorker.of(job, reservations.host(w), mode, penalty, fleet.claims(w), bound, now)
                            .stream();
                })
                .min(AwaitedWorker.SOONEST);
        awaitable.ifPresent(a -> awaited.put(job.key(), a));
        return awaitable.isPresent();
    }

    private Optional<Candidate> best(PendingJob job) {
        return fleet.workers().stream()
                .flatMap(w -> candidate(job, w).stream())
                .sorted(Candidate.order(job.expense()))
                .limit(enough)
                .min(Candidate.BEST);
    }

    private Optional<Candidate> candidate(PendingJob job, Worker worker) {
        var match = hosts.match(job, worker);
        var host = reservations.host(worker);
        var reserved = host.reserved().orElse(null);
        var admission = hosts.admission(job);
        if (match.mode().isEmpty()
                || admission.rejection(worker, host.free(), reserved).isPresent()) {
            return Optional.empty();
        }
        var share = Parallelism.share(pressure.pressure(worker), host.free().cpuMillis());
        var kind = hosts.limits().kind(job);
        double price = Parallelism.price(
                pressure.price(worker) - Pressure.of(1, pressure.budgetFor(kind)),
                1 - (double) pressure.freeFor(kind) / pressure.budgetFor(kind));
        var idle = host.free().minus(new Room(worker.othersMillis(), 0, 0, 0));
        int wanted = Parallelism.fitting(job.envelope(), job.workEstimate(), idle, share, price);
        int parallelism = admission.admitted(reserved, wanted);
        var mode = match.mode().orElseThrow();
        return Optional.of(new Candidate(
                job,
                worker,
                mode,
                parallelism,
                snapshot.penalty().of(mode),
                price,
                host.free().cpuMillis() - job.envelope().room(parallelism).cpuMillis()));
    }

    private List<String> poorestFirst() {
        return queues.tenants().stream()
                .sorted(Comparator.comparingDouble(tenants::load).thenComparing(Comparator.naturalOrder()))
                .toList();
    }
}
