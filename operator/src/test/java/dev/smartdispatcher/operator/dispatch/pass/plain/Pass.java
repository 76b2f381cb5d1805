package dev.smartdispatcher.operator.dispatch.pass.plain;

import dev.smartdispatcher.operator.dispatch.explain.Explanation;
import dev.smartdispatcher.operator.dispatch.explain.Tally;
import dev.smartdispatcher.operator.dispatch.explain.Wait;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.match.Gap;
import dev.smartdispatcher.operator.dispatch.match.Matcher;
import dev.smartdispatcher.operator.dispatch.match.Requirements;
import dev.smartdispatcher.operator.dispatch.pass.Forecast;
import dev.smartdispatcher.operator.dispatch.pass.Host;
import dev.smartdispatcher.operator.dispatch.pass.Judge;
import dev.smartdispatcher.operator.dispatch.pass.Placement;
import dev.smartdispatcher.operator.dispatch.pass.Preference;
import dev.smartdispatcher.operator.dispatch.pass.Reservation;
import dev.smartdispatcher.operator.dispatch.pass.Turns;
import dev.smartdispatcher.operator.dispatch.queue.JobKey;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import dev.smartdispatcher.operator.dispatch.queue.QueueOrder;
import dev.smartdispatcher.operator.dispatch.sizing.Pressure;
import dev.smartdispatcher.operator.dispatch.sizing.Sizing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One scheduling pass, as plainly as it can be written: a pure function of a snapshot, that looks at every job and every
 * worker again for each decision.
 *
 * <ol>
 *   <li>Room that was kept for a job stays kept, unless that makes no sense any more.
 *   <li>Of each tenant, from the poorest to the richest, and of each of its kinds of jobs, the first one that can start
 *       nowhere has room kept for it, up to a number.
 *   <li>Again and again the poorest tenant that has a job that can start somewhere has its first such job placed.
 *   <li>If that was a job for which room was kept, that is free again: from 2.
 * </ol>
 */
public final class Pass {
    private final Snapshot snapshot;
    private final Fleet fleet;
    private final Matcher matcher;
    private final TreeMap<String, List<PendingJob>> queues = new TreeMap<>();
    private final Map<String, Reservation> reservations = new TreeMap<>();
    private final List<Placement> placements = new ArrayList<>();
    /** Jobs that some open worker could host if it were empty. */
    private final Set<JobKey> hostable;

    /** When jobs are expected to start for which no room is kept. */
    private final Map<JobKey, Instant> starts = new TreeMap<>();

    private final Map<JobKey, Integer> footings = new TreeMap<>();
    /** The waiting jobs, each with the smallest N with which it begins. */
    private final List<PendingJob> pending;

    private final Tenants tenants;
    private final PlainPressure pressure;
    private final int most;
    private final int enough;

    private Pass(Snapshot snapshot, int most, int enough) {
        this.enough = enough;
        this.most = most;
        this.snapshot = snapshot;
        matcher = new Matcher(snapshot.penalty());
        fleet = new Fleet(snapshot.workers(), snapshot.claims());
        tenants = new Tenants(snapshot, placements);
        snapshot.pending().forEach(job -> footings.put(job.key(), job.footing()));
        pending = snapshot.pending().stream().map(this::standing).toList();
        hostable = pending.stream().filter(this::hasHost).map(PendingJob::key).collect(Collectors.toSet());
        pressure = new PlainPressure(queues, fleet, tenants, hostable, this::takes);
        pending.stream().sorted(QueueOrder.BY_RANK).forEach(job -> queues.computeIfAbsent(
                        job.tenant(), t -> new ArrayList<>())
                .add(job));
    }

    /** Decides on every pending job. */
    public static Plan run(Snapshot snapshot) {
        return run(snapshot, Integer.MAX_VALUE);
    }

    /** Decides on every pending job until so many are placed. */
    public static Plan run(Snapshot snapshot, int most) {
        return run(snapshot, most, Preference.ENOUGH);
    }

    /** Decides on every pending job until so many are placed, comparing so many workers for each. */
    public static Plan run(Snapshot snapshot, int most, int enough) {
        return new Pass(snapshot, most, enough).decide();
    }

    /** The waiting jobs of a snapshot, each with the smallest N with which it begins. */
    public static List<PendingJob> pending(Snapshot snapshot) {
        return new Pass(snapshot, 0, Preference.ENOUGH).pending;
    }

    private Plan decide() {
        keep();
        do {
            reserve();
        } while (place() && placements.size() < most);
        if (placements.size() < most) {
            reserve();
        }
        return new Plan(placements, waits(), reserved());
    }

    private void keep() {
        var byName = fleet.workers().stream().collect(Collectors.toMap(Worker::name, w -> w));
        for (var job : pending) {
            var worker = byName.get(snapshot.reserved().getOrDefault(job.key().uid(), ""));
            if (worker != null && tenants.mayStart(job.tenant()) && couldHost(job, worker)) {
                reservations.put(worker.name(), reservation(job, worker));
            }
        }
    }

    private void reserve() {
        for (var tenant : poorestFirst()) {
            var seen = new HashSet<Requirements>();
            for (var job : queues.get(tenant)) {
                if (tenants.mayStart(tenant)
                        && hostable.contains(job.key())
                        && seen.add(job.requirements())
                        && reservations.size() < Reservation.MOST
                        && reservedFor(tenant) < Reservation.MOST_OF_TENANT
                        && own(job).isEmpty()
                        && best(job).isEmpty()) {
                    fleet.workers().stream()
                            .filter(w -> !reservations.containsKey(w.name()) && couldHost(job, w))
                            .map(w -> new Reservation.Option(reservation(job, w), fleet.free(w)))
                            .min(Comparator.naturalOrder())
                            .ifPresent(o ->
                                    reservations.put(o.reservation().worker().name(), o.reservation()));
                }
            }
        }
    }

    /** Places all jobs that can start; whether room was kept for one of them. */
    private boolean place() {
        var started = new HashSet<JobKey>();
        for (var next = next(); next.isPresent() && placements.size() < most; next = next()) {
            var candidate = next.get();
            var job = candidate.job();
            var placement = new Placement(
                    job,
                    candidate.worker(),
                    candidate.mode(),
                    candidate.processes(),
                    Placement.memory(job, candidate.processes(), host(candidate.worker())),
                    snapshot.now());
            placements.add(placement);
            fleet.claim(placement.claim());
            queues.get(job.tenant()).remove(job);
            started.add(job.key());
        }
        return reservations.values().removeIf(r -> started.contains(r.job().key()));
    }

    private Optional<Candidate> next() {
        for (var tenant : poorestFirst()) {
            if (tenants.mayStart(tenant)) {
                for (var job : queues.get(tenant)) {
                    var best = best(job);
                    if (best.isPresent()) {
                        return best;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Candidate> best(PendingJob job) {
        return fleet.workers().stream()
                .flatMap(w -> candidate(job, w).stream())
                .sorted(Candidate.order(job.expense()))
                .limit(enough)
                .min(Candidate.BEST);
    }

    private Optional<Candidate> candidate(PendingJob job, Worker worker) {
        var match = matcher.match(job.requirements(), worker);
        var host = host(worker);
        if (Judge.rejection(job, host, match, snapshot.now()).isPresent()) {
            return Optional.empty();
        }
        var share = Sizing.share(pressure.pressure(worker), host.free().cpuMillis());
        var kind = job.requirements();
        double price = Sizing.price(
                pressure.price(worker) - Pressure.of(1, pressure.budgetFor(kind)),
                1 - (double) pressure.freeFor(kind) / pressure.budgetFor(kind));
        var idle = host.free().minus(new Room(worker.othersMillis(), 0, 0, 0));
        int wanted = Sizing.fitting(job.envelope(), job.effort(), idle, share, price);
        int processes = Judge.admitted(job, host, wanted, snapshot.now());
        var mode = match.mode().orElseThrow();
        return Optional.of(new Candidate(
                job,
                worker,
                mode,
                processes,
                snapshot.penalty().of(mode),
                price,
                host.free().cpuMillis() - job.envelope().room(processes).cpuMillis()));
    }

    private boolean takes(Worker worker, Requirements kind) {
        return worker.closed().isEmpty() && matcher.match(kind, worker).mode().isPresent();
    }

    /** A long job begins with several make jobs, if some worker that takes jobs, and will go on to, could ever give it so many. */
    private PendingJob standing(PendingJob job) {
        int possible = fleet.workers().stream()
                .filter(w -> takes(w, job.requirements()) && w.endBy().isEmpty())
                .mapToInt(w -> job.envelope().largestIn(w.budget()))
                .max()
                .orElse(0);
        return job.from(job.standing(possible));
    }

    private boolean hasHost(PendingJob job) {
        return fleet.workers().stream()
                .anyMatch(w -> takes(w, job.requirements())
                        && job.envelope().misfit(w.budget()).isEmpty());
    }

    private boolean couldHost(PendingJob job, Worker worker) {
        return Judge.refusal(job, worker, matcher.match(job.requirements(), worker), snapshot.now())
                .isEmpty();
    }

    private List<String> poorestFirst() {
        return queues.keySet().stream()
                .sorted(Comparator.comparingDouble(tenants::load).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private long reservedFor(String tenant) {
        return reservations.values().stream()
                .filter(r -> r.job().tenant().equals(tenant))
                .count();
    }

    private Optional<Reservation> own(PendingJob job) {
        return reservations.values().stream()
                .filter(r -> r.job().key().equals(job.key()))
                .findFirst();
    }

    private Reservation reservation(PendingJob job, Worker worker) {
        return Reservation.of(job, worker, fleet.free(worker), fleet.claims(worker), snapshot.now());
    }

    private Host host(Worker worker) {
        return new Host(
                worker,
                fleet.free(worker),
                Optional.ofNullable(reservations.get(worker.name()))
                        .map(r -> new Host.Kept(r, r.beside(fleet.claims(worker)))));
    }

    private void forecast() {
        var forecast = new Forecast(snapshot.now());
        reservations.values().forEach(r -> forecast.keep(r, place(r.worker())));
        var turns = new Turns(snapshot.shares());
        for (var tenant : queues.keySet()) {
            turns.add(
                    tenant,
                    tenants.jobs(tenant),
                    tenants.running(tenant),
                    snapshot.usage().getOrDefault(tenant, 0.0),
                    queues.get(tenant).stream()
                            .filter(job -> hostable.contains(job.key()))
                            .iterator());
        }
        for (int i = 0; i < Forecast.MOST && forecast.goesOn(); i++) {
            turns.next().filter(job -> own(job).isEmpty()).ifPresent(job -> {
                var matching = fleet.workers().stream()
                        .filter(w -> matcher.match(job.requirements(), w).mode().isPresent())
                        .toList();
                var places = matching.stream()
                        .filter(w -> couldHost(job, w))
                        .filter(w -> !reservations.containsKey(w.name())
                                || reservations.get(w.name()).start().isPresent())
                        .map(this::place)
                        .toList();
                forecast.next(job, places, matching.size()).ifPresent(start -> starts.put(job.key(), start));
            });
        }
    }

    private Forecast.Place place(Worker worker) {
        return new Forecast.Place(worker, fleet.free(worker), fleet.claims(worker));
    }

    private List<Wait> waits() {
        forecast();
        var waits = new ArrayList<Wait>();
        for (var queue : queues.values()) {
            int position = 1;
            for (var job : queue) {
                waits.add(new Wait(job.key(), position++, explanation(job)));
            }
        }
        return waits;
    }

    private Explanation explanation(PendingJob job) {
        var tally = new Tally(job.requirements(), job.envelope(), snapshot.unknown());
        int footing = footings.get(job.key());
        for (var worker : fleet.workers()) {
            var match = matcher.match(job.requirements(), worker);
            match.rejection().ifPresent(reason -> tally.add(reason, 1));
            if (match.mode().isPresent()) {
                Judge.count(job, footing, host(worker), match, snapshot.now(), tally);
            }
        }
        fleet.workers().stream()
                .flatMap(w -> Matcher.gap(job.requirements(), w).stream())
                .collect(Collectors.groupingBy(Gap::reason, Collectors.minBy(Gap.NEAREST)))
                .values()
                .forEach(gap -> Judge.near(
                        job, footing, host(gap.orElseThrow().worker()), gap.orElseThrow(), snapshot.now(), tally));
        var own = own(job);
        var explanation = tally.explain(
                own.map(r -> r.worker().name()),
                own.map(Reservation::start).orElseGet(() -> Optional.ofNullable(starts.get(job.key()))));
        return tenants.mayStart(job.tenant()) ? explanation : explanation.limited(tenants.jobs(job.tenant()));
    }

    private Map<String, String> reserved() {
        return reservations.values().stream()
                .collect(Collectors.toMap(
                        r -> r.job().key().uid(), r -> r.worker().name()));
    }
}
