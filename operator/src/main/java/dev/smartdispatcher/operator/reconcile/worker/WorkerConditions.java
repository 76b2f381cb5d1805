package dev.smartdispatcher.operator.reconcile.worker;

import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.operator.availability.Standing;
import dev.smartdispatcher.operator.status.StatusFactory;
import java.time.Clock;
import java.util.List;

/** The conditions of a worker: Schedulable with the reason why not, and Drained. */
final class WorkerConditions {
    private final StatusFactory statuses;

    WorkerConditions(Clock clock) {
        statuses = new StatusFactory(clock);
    }

    List<Condition> of(List<Condition> before, Standing standing, int liveAttempts, long generation) {
        var schedulable = statuses.with(
                before,
                BuildWorkerStatus.SCHEDULABLE,
                standing.closed().isEmpty(),
                standing.closed().orElse(Reason.AcceptingBuilds),
                standing.message(),
                generation);
        return statuses.with(
                schedulable,
                BuildWorkerStatus.DRAINED,
                standing.draining() && liveAttempts == 0,
                drainReason(standing, liveAttempts),
                drainMessage(standing, liveAttempts),
                generation);
    }

    private static Reason drainReason(Standing standing, int liveAttempts) {
        if (!standing.draining()) {
            return Reason.NotDraining;
        }
        return liveAttempts == 0 ? Reason.NoBuilds : Reason.BuildsRunning;
    }

    private static String drainMessage(Standing standing, int liveAttempts) {
        if (!standing.draining()) {
            return "the worker is not being drained";
        }
        return liveAttempts == 0
                ? "no build runs here, and none will start"
                : liveAttempts + (liveAttempts == 1 ? " build still runs" : " builds still run");
    }
}
