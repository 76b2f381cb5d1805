package dev.smartdispatcher.operator.scheduler.plain;

import dev.smartdispatcher.operator.scheduler.admission.Admission;
import dev.smartdispatcher.operator.scheduler.filter.Match;
import dev.smartdispatcher.operator.scheduler.filter.Matcher;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.time.Instant;
import java.util.List;

/** Which workers could host which jobs if they were empty. What is claimed of them counts for nothing here. */
record Hosts(List<Worker> workers, Matcher matcher, PlainLimits limits, Instant now) {

    /** Which workers take a job now. */
    Admission admission(PendingJob job) {
        return new Admission(job, now, limits.reached(job.tenant()));
    }

    Match match(PendingJob job, Worker worker) {
        return matcher.match(job.requirements(), worker);
    }

    private boolean matches(PendingJob job, Worker worker) {
        return match(job, worker).mode().isPresent();
    }

    /** Whether a worker is open and can serve requirements. */
    boolean takes(Worker worker, Requirements kind) {
        return worker.closed().isEmpty() && matcher.match(kind, worker).mode().isPresent();
    }

    /** Whether some open worker is large enough for the job. */
    boolean anyFor(PendingJob job) {
        return workers.stream()
                .anyMatch(w -> takes(w, job.requirements())
                        && job.envelope().misfit(w.budget()).isEmpty());
    }

    /** Whether the job could start on the worker now. */
    boolean couldHost(PendingJob job, Worker worker) {
        return matches(job, worker) && admission(job).refusal(worker).isEmpty();
    }

    /** A long job begins with several make jobs, if some worker that takes jobs, and will go on to, could ever give it so many. */
    PendingJob standing(PendingJob job) {
        int possible = workers.stream()
                .filter(w -> takes(w, job.requirements()) && w.endBy().isEmpty())
                .mapToInt(w -> job.envelope().largestIn(w.budget()))
                .max()
                .orElse(0);
        return job.from(job.standing(possible));
    }
}
