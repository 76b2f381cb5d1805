package dev.smartdispatcher.operator.scheduler.filter;

import dev.smartdispatcher.operator.scheduler.model.CheckStanding;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.util.List;
import java.util.stream.Collectors;

/** Checks that a job asks for: a worker that has not passed one, or so long ago that it no longer counts, does not match. */
final class CheckRule {
    private CheckRule() {}

    static boolean holds(Requirements requirements, Worker worker) {
        for (var check : requirements.checks()) {
            if (worker.checks().get(check) != CheckStanding.Passed) {
                return false;
            }
        }
        return true;
    }

    static List<String> missing(Requirements requirements, Worker worker) {
        return requirements.checks().stream()
                .filter(check -> worker.checks().get(check) != CheckStanding.Passed)
                .sorted()
                .toList();
    }

    static UnmetNeed unmetNeed(Requirements requirements, Worker worker) {
        return new UnmetNeed(
                "check " + requirements.checks().stream().sorted().collect(Collectors.joining(", ")),
                missing(requirements, worker).stream()
                        .map(check -> standing(check, worker))
                        .collect(Collectors.joining(", ")));
    }

    private static String standing(String check, Worker worker) {
        var standing = worker.checks().get(check);
        if (standing == null) {
            return "does not run " + check;
        }
        return standing == CheckStanding.Failed ? "failed " + check : "has no valid result of " + check;
    }
}
