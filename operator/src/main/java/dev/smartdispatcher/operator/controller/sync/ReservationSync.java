package dev.smartdispatcher.operator.controller.sync;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.Waiting;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.scheduler.placement.ReservationTerm;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** For which jobs room was reserved before this process began, as recorded in the statuses. */
final class ReservationSync {
    private ReservationSync() {}

    /** By the jobs' UIDs, on each worker for one. */
    static Map<String, ReservationTerm> past(ClusterView cluster, Instant now) {
        var byWorker = new HashMap<String, BuildJob>();
        cluster.jobs().forEach(job -> Optional.ofNullable(job.getStatus())
                .map(BuildJobStatus::waiting)
                .map(Waiting::reservedWorker)
                .ifPresent(worker -> byWorker.putIfAbsent(worker, job)));
        return byWorker.entrySet().stream()
                .collect(Collectors.toMap(
                        e -> e.getValue().getMetadata().getUid(), e -> term(e.getKey(), e.getValue(), cluster, now)));
    }

    /** As recorded in the worker's status: a restart prolongs nothing. */
    private static ReservationTerm term(String worker, BuildJob job, ClusterView cluster, Instant now) {
        var meta = job.getMetadata();
        return cluster.reserved()
                .on(worker)
                .filter(reserved -> reserved.namespace().equals(meta.getNamespace())
                        && reserved.name().equals(meta.getName()))
                .map(reserved -> new ReservationTerm(worker, reserved.since())
                        .at(now, Optional.ofNullable(reserved.estimatedStart())))
                .orElseGet(() -> new ReservationTerm(worker, now));
    }
}
