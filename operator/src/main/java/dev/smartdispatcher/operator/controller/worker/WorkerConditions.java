package dev.smartdispatcher.operator.controller.worker;

import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.operator.status.StatusFactory;
import dev.smartdispatcher.operator.worker.ClockSkew;
import dev.smartdispatcher.operator.worker.Schedulability;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The conditions of a worker: Schedulable with the reason why not, Drained, and ClockSkewed once its clock was wrong. */
final class WorkerConditions {
    private final StatusFactory statuses;

    WorkerConditions(Clock clock) {
        statuses = new StatusFactory(clock);
    }

    List<Condition> of(
            List<Condition> before,
            Schedulability schedulability,
            Optional<ClockSkew> skew,
            int liveAttempts,
            long generation) {
        var schedulable = statuses.with(
                before,
                BuildWorkerStatus.SCHEDULABLE,
                schedulability.closed().isEmpty(),
                schedulability.closed().orElse(Reason.AcceptingBuilds),
                schedulability.message(),
                generation);
        var drained = statuses.with(
                schedulable,
                BuildWorkerStatus.DRAINED,
                schedulability.draining() && liveAttempts == 0,
                drainReason(schedulability, liveAttempts),
                drainMessage(schedulability, liveAttempts),
                generation);
        return skew.map(s -> clock(drained, s, generation)).orElse(drained);
    }

    private List<Condition> clock(List<Condition> before, ClockSkew skew, long generation) {
        boolean published = before.stream().anyMatch(c -> c.type().equals(BuildWorkerStatus.CLOCK_SKEWED));
        return !published && !skew.isWorthAWarning()
                ? before
                : statuses.with(
                        before,
                        BuildWorkerStatus.CLOCK_SKEWED,
                        skew.isWorthAWarning(),
                        skew.isWorthAWarning() ? Reason.ClockSkewed : Reason.ClockInSync,
                        skew.message(),
                        generation);
    }

    private static Reason drainReason(Schedulability schedulability, int liveAttempts) {
        if (!schedulability.draining()) {
            return Reason.NotDraining;
        }
        return liveAttempts == 0 ? Reason.NoBuilds : Reason.BuildsRunning;
    }

    private static String drainMessage(Schedulability schedulability, int liveAttempts) {
        if (!schedulability.draining()) {
            return "the worker is not being drained";
        }
        return liveAttempts == 0
                ? "no build runs here, and none will start"
                : liveAttempts + (liveAttempts == 1 ? " build still runs" : " builds still run");
    }
}
