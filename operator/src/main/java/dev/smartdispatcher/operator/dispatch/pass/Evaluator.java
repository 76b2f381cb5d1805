package dev.smartdispatcher.operator.dispatch.pass;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.operator.dispatch.fleet.Fleet;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.match.Matcher;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import dev.smartdispatcher.operator.dispatch.sizing.Envelope;
import dev.smartdispatcher.operator.dispatch.sizing.Pressure;
import dev.smartdispatcher.operator.dispatch.sizing.Sizing;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges one job on one worker. The order of the rules is the order in which reasons are told: what can never be comes
 * before what the worker's state forbids, and that before what only has to be waited for.
 */
final class Evaluator {
    private final Instant now;
    private final Fleet fleet;
    private final Matcher matcher;
    private final Pressure pressure;
    private final Reservations reservations;
    private final ModePenalty penalty;

    Evaluator(
            Instant now,
            Fleet fleet,
            Matcher matcher,
            Pressure pressure,
            Reservations reservations,
            ModePenalty penalty) {
        this.now = now;
        this.fleet = fleet;
        this.matcher = matcher;
        this.pressure = pressure;
        this.reservations = reservations;
        this.penalty = penalty;
    }

    Verdict judge(PendingJob job, Worker worker) {
        var match = matcher.match(job.requirements(), worker);
        if (match.mode().isEmpty()) {
            return Verdict.rejected(match.rejection().orElseThrow());
        }
        var never = tooSmall(job.envelope(), worker.budget());
        if (never.isPresent()) {
            return Verdict.rejected(never.get());
        }
        if (worker.closed().isPresent()) {
            return Verdict.rejected(worker.closed().get());
        }
        if (worker.endBy().isPresent() && !endsBy(job, worker.endBy().get())) {
            return Verdict.rejected(Reason.EndsAfterDeadline);
        }
        if (job.avoid().contains(worker.name())) {
            return Verdict.rejected(Reason.BackingOff);
        }
        var free = fleet.free(worker);
        int processes = Sizing.processes(job.envelope(), free, pressure.shareOf(worker, free.cpuMillis()));
        if (processes == 0) {
            return Verdict.rejected(Reason.NoRoom);
        }
        var mode = match.mode().get();
        return unreserved(job, worker, processes)
                .map(n -> Verdict.fits(new Candidate(
                        worker,
                        mode,
                        n,
                        penalty.of(mode),
                        free.cpuMillis() - job.envelope().room(n).cpuMillis())))
                .orElseGet(() -> Verdict.rejected(Reason.Reserved));
    }

    /** The N that does not delay whom the worker is reserved for: the wanted one, else the smallest. */
    private Optional<Integer> unreserved(PendingJob job, Worker worker, int wanted) {
        var reservation = reservations.on(worker);
        if (reservation.isEmpty()) {
            return Optional.of(wanted);
        }
        var envelope = job.envelope();
        for (int n = wanted; n >= envelope.least(); n--) {
            if (reservation.get().admits(job, envelope.room(n), fleet, now)) {
                return Optional.of(n);
            }
        }
        return Optional.empty();
    }

    private boolean endsBy(PendingJob job, Instant time) {
        return job.duration().filter(d -> !now.plus(d).isAfter(time)).isPresent();
    }

    /** Why an empty worker with this budget could not host the job even at its smallest N. */
    static Optional<Reason> tooSmall(Envelope envelope, Room budget) {
        var need = envelope.smallest();
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
}
