package dev.smartdispatcher.operator.scheduler.plain;

import dev.smartdispatcher.api.ReasonCategory;
import dev.smartdispatcher.operator.scheduler.admission.Admission;
import dev.smartdispatcher.operator.scheduler.explain.Explanation;
import dev.smartdispatcher.operator.scheduler.explain.Tally;
import dev.smartdispatcher.operator.scheduler.explain.Wait;
import dev.smartdispatcher.operator.scheduler.fairshare.FairShareOrder;
import dev.smartdispatcher.operator.scheduler.filter.Matcher;
import dev.smartdispatcher.operator.scheduler.filter.Shortfall;
import dev.smartdispatcher.operator.scheduler.job.JobKey;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.placement.AwaitedWorker;
import dev.smartdispatcher.operator.scheduler.placement.Reservation;
import dev.smartdispatcher.operator.scheduler.placement.StartEstimator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the jobs are told that wait after a scheduling cycle: why, and when they are expected to start. */
record Waits(
        Snapshot snapshot,
        Fleet fleet,
        Hosts hosts,
        Queues queues,
        Reservations reservations,
        Tenants tenants,
        PlainCounted counted,
        Map<JobKey, AwaitedWorker> awaits) {

    List<Wait> all() {
        var starts = starts();
        var waits = new ArrayList<Wait>();
        for (var tenant : queues.tenants()) {
            int position = 1;
            for (var job : queues.of(tenant)) {
                waits.add(
                        new Wait(job.key(), position++, explanation(job, Optional.ofNullable(starts.get(job.key())))));
            }
        }
        return waits;
    }

    /** When jobs are expected to start for which no room is reserved. */
    private Map<JobKey, Instant> starts() {
        var starts = new TreeMap<JobKey, Instant>();
        var startEstimator = new StartEstimator(snapshot.now());
        reservations.all().forEach(r -> startEstimator.reserve(r, place(r.worker())));
        var turns = turns();
        for (int i = 0; i < StartEstimator.MOST && startEstimator.goesOn(); i++) {
            turns.next().filter(job -> reservations.of(job).isEmpty()).ifPresent(job -> {
                var matching = fleet.workers().stream()
                        .filter(w -> hosts.match(job, w).mode().isPresent())
                        .toList();
                var places = matching.stream()
                        .filter(w -> hosts.couldHost(job, w))
                        .filter(w -> reservations.at(w).isEmpty()
                                || reservations.at(w).get().start().isPresent())
                        .map(this::place)
                        .toList();
                startEstimator.next(job, places, matching.size()).ifPresent(start -> starts.put(job.key(), start));
            });
        }
        return starts;
    }

    private FairShareOrder turns() {
        var turns = new FairShareOrder(snapshot.shares());
        for (var tenant : queues.tenants()) {
            turns.add(
                    tenant,
                    tenants.jobs(tenant),
                    tenants.charged(tenant),
                    snapshot.usage().getOrDefault(tenant, 0.0),
                    queues.of(tenant).stream()
                            .filter(queues::isHostable)
                            .filter(job -> counted.suffices(job.requirements()))
                            .iterator());
        }
        return turns;
    }

    private StartEstimator.Place place(Worker worker) {
        return new StartEstimator.Place(worker, fleet.free(worker), fleet.claims(worker));
    }

    private Explanation explanation(PendingJob job, Optional<Instant> start) {
        var tally = new Tally(job.requirements(), job.envelope(), snapshot.unknown());
        var admission = hosts.admission(job);
        for (var worker : fleet.workers()) {
            var match = hosts.match(job, worker);
            if (match.rejection().isPresent()) {
                tally.add(match.rejection().get(), 1);
            } else {
                count(admission, worker, tally);
            }
        }
        fleet.workers().stream()
                .flatMap(w -> Matcher.shortfall(job.requirements(), w).stream())
                .collect(Collectors.groupingBy(Shortfall::reason, Collectors.minBy(Shortfall.LEAST)))
                .values()
                .forEach(shortfall -> tally.near(admission.shortfall(shortfall.orElseThrow())));
        var own = reservations.of(job);
        var awaited = Optional.ofNullable(awaits.get(job.key()));
        var without = tally.explain(
                own.map(r -> r.worker().name()),
                own.map(Reservation::start)
                        .orElse(awaited.map(AwaitedWorker::start).or(() -> start)));
        var open = awaited.map(without::awaiting).orElse(without);
        var explanation =
                counted.shortage(job.requirements()).map(open::lacking).orElse(open);
        return tenants.mayStart(job.tenant()) ? explanation : explanation.limited(tenants.jobs(job.tenant()));
    }

    private void count(Admission admission, Worker worker, Tally tally) {
        var host = reservations.host(worker);
        var rejection = admission.rejection(worker, host.free(), host.reserved().orElse(null));
        if (rejection.isEmpty()) {
            tally.take();
            return;
        }
        tally.add(rejection.get(), 1);
        admission.limit(worker).ifPresent(tally::limit);
        if (rejection.get().category() != ReasonCategory.Occupied) {
            tally.near(admission.shortfall(worker));
        }
    }
}
