package dev.smartdispatcher.operator.dispatch.pass;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.dispatch.explain.Explanation;
import dev.smartdispatcher.operator.dispatch.explain.Tally;
import dev.smartdispatcher.operator.dispatch.fleet.Fleet;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.match.Matcher;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import dev.smartdispatcher.operator.dispatch.queue.QueueOrder;
import dev.smartdispatcher.operator.dispatch.sizing.Pressure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One scheduling pass: a pure function of a snapshot. It never makes the claims on a worker exceed its budget, never lets
 * a job start where that could delay one that room is kept for, and gives every job that goes on waiting the reason.
 */
public final class Pass {
    private final Snapshot snapshot;
    private final Fleet fleet;
    private final Pressure pressure;
    private final Reservations reservations = new Reservations();
    private final Evaluator evaluator;
    private final Map<PendingJob.Shape, Explanation> blocked = new HashMap<>();
    private final List<Placement> placements = new ArrayList<>();
    private final List<Plan.Wait> waits = new ArrayList<>();

    private Pass(Snapshot snapshot) {
        this.snapshot = snapshot;
        var matcher = new Matcher(snapshot.penalty());
        fleet = new Fleet(snapshot.workers(), snapshot.claims());
        pressure = new Pressure(
                snapshot.pending().stream().map(PendingJob::requirements).toList(), fleet, matcher);
        evaluator = new Evaluator(snapshot.now(), fleet, matcher, pressure, reservations, snapshot.penalty());
    }

    /** Decides on every pending job. */
    public static Plan run(Snapshot snapshot) {
        return new Pass(snapshot).decide();
    }

    private Plan decide() {
        // 1. Heads: all pending jobs in queue order.
        var queue = snapshot.pending().stream()
                .sorted(QueueOrder.at(snapshot.now()))
                .toList();
        for (var job : queue) {
            // 2. Room only shrinks in a pass, so what did not fit one job of a shape fits no later one.
            var known = blocked.get(job.shape());
            if (known == null) {
                decide(job);
            } else {
                waits.add(new Plan.Wait(job.key(), waits.size() + 1, known.withoutReservation()));
            }
            pressure.settled(job.requirements());
        }
        return new Plan(placements, waits);
    }

    private void decide(PendingJob job) {
        // 3. Match and size: every worker is a candidate or counted by the reason why not.
        var tally = new Tally(snapshot.unknown(), fleet.workers().size());
        var couldHost = new ArrayList<Worker>();
        var best = Optional.<Candidate>empty();
        var order = Candidate.order(job.expense());
        for (var worker : fleet.workers()) {
            var verdict = evaluator.judge(job, worker);
            if (verdict.candidate().isPresent()) {
                best = best.filter(b -> order.compare(b, verdict.candidate().get()) <= 0)
                        .or(verdict::candidate);
            } else {
                var reason = verdict.rejection().orElseThrow();
                tally.count(reason, job.envelope(), worker, fleet.free(worker));
                if (reason == Reason.NoRoom || reason == Reason.Reserved) {
                    couldHost.add(worker);
                }
            }
        }
        // 4. Take the best one, or keep room on the worker that can free it soonest.
        if (best.isPresent()) {
            place(job, best.get());
        } else {
            var reservation = reservations.reserve(job, couldHost, fleet, snapshot.now());
            var explanation =
                    tally.explain(reservation.map(r -> r.worker().name()), reservation.flatMap(Reservation::start));
            blocked.put(job.shape(), explanation);
            waits.add(new Plan.Wait(job.key(), waits.size() + 1, explanation));
        }
    }

    private void place(PendingJob job, Candidate candidate) {
        var placement = new Placement(job, candidate.worker(), candidate.mode(), candidate.processes(), snapshot.now());
        fleet.claim(placement.claim());
        pressure.taken(candidate.worker(), placement.room().cpuMillis());
        placements.add(placement);
    }
}
