package dev.smartdispatcher.operator.controller.sync;

import dev.smartdispatcher.operator.controller.cache.Changes.JobRef;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jobs that exist, by UID, and by namespace and name, which are used again: the labels of a pod do not prove that its job exists. */
final class KnownJobs {
    private final Map<String, JobRef> byUid = new HashMap<>();
    private final Map<List<String>, JobRef> byName = new HashMap<>();

    /** Adds a job; returns the job whose name it has taken over, if there was one. */
    Optional<JobRef> add(JobRef job) {
        byUid.put(job.uid(), job);
        var before = byName.put(name(job), job);
        return Optional.ofNullable(before).filter(b -> !b.equals(job));
    }

    void remove(JobRef job) {
        byUid.remove(job.uid());
        byName.remove(name(job), job);
    }

    Optional<JobRef> find(String uid) {
        return Optional.ofNullable(byUid.get(uid));
    }

    Map<String, JobRef> byUid() {
        return Collections.unmodifiableMap(byUid);
    }

    private static List<String> name(JobRef job) {
        return List.of(job.namespace(), job.name());
    }
}
