package dev.smartdispatcher.operator.controller.check;

import dev.smartdispatcher.api.check.CheckedWorkers;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.api.worker.CheckResult;
import dev.smartdispatcher.operator.check.CheckDefinition;
import dev.smartdispatcher.operator.check.CheckValidity;
import dev.smartdispatcher.operator.scheduler.model.CheckStanding;
import dev.smartdispatcher.operator.worker.WorkerAssessment;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How the workers stand with a check.
 *
 * @param counts of those on which it is run, by their standing
 * @param notRun how many of these could not run it when it was last tried
 * @param example why one of them could not
 */
record CheckTally(CheckedWorkers counts, int notRun, String example) {
    /** Counts all workers on which the check is run. */
    static CheckTally of(
            CheckDefinition check, Stream<BuildWorker> workers, Function<BuildWorker, WorkerAssessment> assessments) {
        var numbers = new int[CheckStanding.values().length];
        int notRun = 0;
        var example = "";
        for (var worker : (Iterable<BuildWorker>) workers::iterator) {
            var standing = assessments.apply(worker).checks().standings().get(check.name());
            if (standing == null) {
                continue;
            }
            numbers[standing.ordinal()]++;
            var result = CheckValidity.byName(results(worker)).get(check.name());
            if (result != null && result.notRun() != null) {
                notRun++;
                example =
                        worker.getMetadata().getName() + ": " + result.notRun().message();
            }
        }
        return new CheckTally(
                new CheckedWorkers(
                        numbers[CheckStanding.Passed.ordinal()],
                        numbers[CheckStanding.Failed.ordinal()],
                        numbers[CheckStanding.Unknown.ordinal()]),
                notRun,
                example);
    }

    /** The number of workers on which the check is run. */
    int workers() {
        return counts.passed() + counts.failed() + counts.unknown();
    }

    /** Whether it could not be run on more than half of them. */
    boolean isStalled() {
        return 2 * notRun > workers();
    }

    private static Collection<CheckResult> results(BuildWorker worker) {
        return Optional.ofNullable(worker.getStatus())
                .map(BuildWorkerStatus::checks)
                .orElse(List.of());
    }
}
