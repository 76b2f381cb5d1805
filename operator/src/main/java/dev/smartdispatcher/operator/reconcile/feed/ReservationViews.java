package dev.smartdispatcher.operator.reconcile.feed;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.Waiting;
import dev.smartdispatcher.operator.dispatch.pass.ReservationTerm;
import dev.smartdispatcher.operator.reconcile.Caches;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** For which jobs room was kept before this process began, as the statuses tell. */
final class ReservationViews {
    private ReservationViews() {}

    /** By the jobs' UIDs, on each worker for one. */
    static Map<String, ReservationTerm> past(Caches caches, Instant now) {
        var byWorker = new HashMap<String, BuildJob>();
        caches.jobs().forEach(job -> Optional.ofNullable(job.getStatus())
                .map(BuildJobStatus::waiting)
                .map(Waiting::reservedWorker)
                .ifPresent(worker -> byWorker.putIfAbsent(worker, job)));
        return byWorker.entrySet().stream()
                .collect(Collectors.toMap(
                        e -> e.getValue().getMetadata().getUid(), e -> term(e.getKey(), e.getValue(), caches, now)));
    }

    /** As the worker's status tells of it: a restart prolongs nothing. */
    private static ReservationTerm term(String worker, BuildJob job, Caches caches, Instant now) {
        var meta = job.getMetadata();
        return caches.kept()
                .on(worker)
                .filter(kept -> kept.namespace().equals(meta.getNamespace())
                        && kept.name().equals(meta.getName()))
                .map(kept ->
                        new ReservationTerm(worker, kept.since()).at(now, Optional.ofNullable(kept.estimatedStart())))
                .orElseGet(() -> new ReservationTerm(worker, now));
    }
}
