package dev.smartdispatcher.operator.controller.worker;

import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.operator.health.Standing;
import dev.smartdispatcher.operator.status.StatusFactory;
import dev.smartdispatcher.operator.worker.ClockSkew;
import dev.smartdispatcher.operator.worker.RunningBuild;
import dev.smartdispatcher.operator.worker.Schedulability;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The conditions of a worker: Schedulable with the reason why not, Drained, Healthy, and ClockSkewed once its clock was wrong. */
final class WorkerConditions {
    private final StatusFactory statuses;

    WorkerConditions(Clock clock) {
        statuses = new StatusFactory(clock);
    }

    /**
     * What is on a worker.
     *
     * @param attempts that are live
     * @param settled whether no further one can be allocated, if the worker is draining
     * @param builds those of the attempts whose jobs are known
     */
    record Occupancy(int attempts, boolean settled, List<RunningBuild> builds) {
        private boolean isEmpty() {
            return attempts == 0 && settled;
        }
    }

    List<Condition> of(
            List<Condition> before,
            Schedulability schedulability,
            Optional<ClockSkew> skew,
            Standing health,
            List<String> problems,
            Occupancy occupancy,
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
                schedulability.draining() && occupancy.isEmpty(),
                drainReason(schedulability, occupancy),
                drainMessage(schedulability, occupancy),
                generation);
        var healthy = statuses.with(
                drained,
                BuildWorkerStatus.HEALTHY,
                isHealthy(health),
                health.reason(),
                problems.isEmpty() ? health.message() : health.message() + "; " + String.join("; ", problems),
                generation);
        return skew.map(s -> clock(healthy, s, generation)).orElse(healthy);
    }

    private static Condition.Status isHealthy(Standing health) {
        return health.reason() == Reason.OnTrial
                ? Condition.Status.Unknown
                : Condition.Status.of(health.reason() == Reason.NoSuspicion);
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

    private static Reason drainReason(Schedulability schedulability, Occupancy occupancy) {
        if (!schedulability.draining()) {
            return Reason.NotDraining;
        }
        return occupancy.isEmpty() ? Reason.NoBuilds : Reason.BuildsRunning;
    }

    private static String drainMessage(Schedulability schedulability, Occupancy occupancy) {
        if (!schedulability.draining()) {
            return "the worker is not being drained";
        }
        if (occupancy.isEmpty()) {
            return "no build runs here, and none will start";
        }
        return occupancy.attempts() == 0
                ? "no build runs here, but one that was dispatched before may still begin"
                : RunningBuild.sentence(occupancy.builds(), occupancy.attempts());
    }
}
