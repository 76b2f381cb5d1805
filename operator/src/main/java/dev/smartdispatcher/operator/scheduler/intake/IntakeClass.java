package dev.smartdispatcher.operator.scheduler.intake;

import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The waiting jobs of one tenant with the same requirements: what is true of the workers for one is true for all. */
final class IntakeClass {
    final Requirements requirements;
    /** By UID, in the order in which they are looked at. */
    final Map<String, PendingJob> jobs = new LinkedHashMap<>();
    /** Whether the dispatcher knows them. */
    boolean admitted;
    /** The round of looks in which it was admitted to pass. */
    long cycle;
    /** Not looked at before that, since a short while ago it could start and then did not. */
    Instant notBefore = Instant.MIN;

    IntakeClass(Requirements requirements) {
        this.requirements = requirements;
    }

    /** The job to look at, another one each time. */
    PendingJob next() {
        var job = jobs.values().iterator().next();
        jobs.remove(job.key().uid());
        jobs.put(job.key().uid(), job);
        return job;
    }
}
