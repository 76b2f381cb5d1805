package dev.smartdispatcher.operator.controller.cache;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.attempt.PodState;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Claim.AttemptId;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.worker.node.PodRequests;
import dev.smartdispatcher.operator.workload.AllocationAnnotation;
import dev.smartdispatcher.operator.workload.pod.AttemptPod;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The claims that the caches show: one for each live attempt in a job's status and one for each worker pod that holds room. A
 * deleted job's pod so holds its room until its build has ended, and one with containers beside the build's until they have too.
 */
public final class ObservedClaims {
    private ObservedClaims() {}

    /**
     * The claims of a job, if there is one, and of the pods that are said to be its.
     *
     * @param likely how long its live attempt takes by what is known of earlier builds
     */
    public static List<Claim> of(
            Optional<BuildJob> job, List<Pod> pods, Function<BuildJob, Optional<Duration>> likely, Instant now) {
        return Stream.concat(
                        job.stream().flatMap(j -> recorded(j, likely, now)),
                        pods.stream().flatMap(ObservedClaims::actual))
                .toList();
    }

    /** The claims on one worker, each attempt once: what room they take, not when they end. */
    public static List<Claim> on(String worker, ClusterView cluster) {
        var claims = Stream.concat(
                        cluster.jobsOn(worker).stream()
                                .flatMap(job -> recorded(job, j -> Optional.empty(), Instant.MAX)),
                        cluster.podsOn(worker).stream().flatMap(ObservedClaims::actual))
                .toList();
        return claims.stream().collect(Collectors.toMap(Claim::id, Function.identity(), Claim::union)).values().stream()
                .toList();
    }

    /** The room that claims take together. */
    public static Room together(List<Claim> claims) {
        return claims.stream().map(Claim::room).reduce(Room.NONE, Room::plus);
    }

    private static Stream<Claim> recorded(BuildJob job, Function<BuildJob, Optional<Duration>> likely, Instant now) {
        return Optional.ofNullable(job.getStatus())
                .filter(s -> s.allocation() != null && JobProblems.ofRecord(job).isEmpty())
                .flatMap(s -> s.liveAttempt().map(a -> claim(job, s.allocation(), a, likely, now)))
                .stream();
    }

    private static Claim claim(
            BuildJob job,
            Allocation allocation,
            Attempt attempt,
            Function<BuildJob, Optional<Duration>> likely,
            Instant now) {
        var claim = new Claim(
                new AttemptId(job.getMetadata().getUid(), attempt.number()),
                job.getMetadata().getNamespace(),
                attempt.worker(),
                room(allocation),
                JobDurations.end(job.getSpec(), attempt, now),
                JobDurations.likelyEnd(attempt, likely.apply(job)));
        return claim.holding(allocation.counted());
    }

    private static Stream<Claim> actual(Pod pod) {
        return AttemptPod.of(pod)
                .filter(attempt -> PodState.holdsRoom(pod))
                .flatMap(attempt -> PodRequests.of(pod).map(requested -> claim(attempt, pod, requested)))
                .stream();
    }

    private static Claim claim(AttemptPod attempt, Pod pod, Room requested) {
        // CPU and memory as the pod has them, which may be resized; the worker's own disk is nowhere but in the
        // annotation.
        var allocation = AllocationAnnotation.read(pod);
        var disk = allocation.map(a -> Quantities.bytes(a.disk())).orElse(0L);
        // The end is the job's to tell; the pod of a deleted job is about to end.
        var claim = new Claim(
                new AttemptId(attempt.jobUid(), attempt.attempt()),
                pod.getMetadata().getNamespace(),
                attempt.worker(),
                requested.max(new Room(0, 0, disk, 1)),
                Optional.of(Instant.MIN));
        return claim.holding(allocation.map(Allocation::counted).orElse(new TreeMap<>()));
    }

    private static Room room(Allocation allocation) {
        return new Room(
                Quantities.millis(allocation.cpu()),
                Quantities.bytes(allocation.memory()),
                Quantities.bytes(allocation.disk()),
                1);
    }
}
