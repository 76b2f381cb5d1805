package dev.smartdispatcher.operator.reconcile.dispatch;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.attempt.PodState;
import dev.smartdispatcher.operator.dispatch.fleet.Claim;
import dev.smartdispatcher.operator.dispatch.fleet.Claim.AttemptId;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import dev.smartdispatcher.operator.reconcile.Caches;
import dev.smartdispatcher.operator.workload.AllocationAnnotation;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The claims that the caches show: one for each live attempt in a job's status and one for each worker pod whose
 * container has not ended. A deleted job's pod so holds its room until it is gone.
 */
public final class ObservedClaims {
    private ObservedClaims() {}

    /** The claims of all workers. */
    static List<Claim> all(Caches caches) {
        return Stream.concat(
                        caches.jobs().flatMap(ObservedClaims::recorded),
                        caches.pods().flatMap(ObservedClaims::actual))
                .toList();
    }

    /** The claims on one worker, each attempt once. */
    public static List<Claim> on(String worker, Caches caches) {
        var claims = Stream.concat(
                        caches.jobsOn(worker).stream().flatMap(ObservedClaims::recorded),
                        caches.podsOn(worker).stream().flatMap(ObservedClaims::actual))
                .toList();
        return claims.stream().collect(Collectors.toMap(Claim::id, Function.identity(), Claim::union)).values().stream()
                .toList();
    }

    private static Stream<Claim> recorded(BuildJob job) {
        return Optional.ofNullable(job.getStatus())
                .filter(s -> s.allocation() != null)
                .flatMap(s -> s.liveAttempt().map(a -> claim(job, s.allocation(), a)))
                .stream();
    }

    private static Claim claim(BuildJob job, Allocation allocation, Attempt attempt) {
        var begin = attempt.startTime() == null ? attempt.dispatchTime() : attempt.startTime();
        return new Claim(
                new AttemptId(job.getMetadata().getUid(), attempt.number()),
                attempt.worker(),
                room(allocation),
                begin == null
                        ? Optional.empty()
                        : JobDurations.known(job.getSpec()).map(begin::plus));
    }

    private static Stream<Claim> actual(Pod pod) {
        var labels = pod.getMetadata().getLabels();
        var worker = labels.get(Labels.WORKER);
        var uid = labels.get(Labels.JOB_UID);
        if (worker == null || uid == null || !ownedBy(pod, uid) || PodState.ended(pod)) {
            return Stream.empty();
        }
        var requested = requested(pod);
        if (requested.isEmpty()) {
            return Stream.empty();
        }
        var recorded = AllocationAnnotation.read(pod).map(ObservedClaims::room).orElse(Room.NONE);
        // The end is the job's to tell; the pod of a deleted job is about to end.
        return Stream.of(new Claim(
                new AttemptId(uid, number(labels)), worker, requested.get().max(recorded), Optional.of(Instant.MIN)));
    }

    /** Labels alone make no claim: the pod must be the job's by its owner reference, as the operator creates it. */
    private static boolean ownedBy(Pod pod, String jobUid) {
        return pod.getMetadata().getOwnerReferences().stream()
                .anyMatch(o -> "BuildJob".equals(o.getKind()) && jobUid.equals(o.getUid()));
    }

    private static int number(Map<String, String> labels) {
        try {
            return Integer.parseInt(labels.getOrDefault(Labels.ATTEMPT, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Room room(Allocation allocation) {
        return new Room(
                Quantities.millis(allocation.cpu()),
                Quantities.bytes(allocation.memory()),
                Quantities.bytes(allocation.disk()),
                1);
    }

    /** What a pod asks for; empty if that is beyond all measure: no node has it, so the pod runs nowhere. */
    private static Optional<Room> requested(Pod pod) {
        try {
            return Optional.of(sum(pod));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Room sum(Pod pod) {
        var room = new Room(0, 0, 0, 1);
        for (var container : pod.getSpec().getContainers()) {
            room = room.plus(new Room(
                    request(container, "cpu").map(Quantities::millis).orElse(0L),
                    request(container, "memory").map(Quantities::bytes).orElse(0L),
                    request(container, "ephemeral-storage")
                            .map(Quantities::bytes)
                            .orElse(0L),
                    0));
        }
        return room;
    }

    private static Optional<Quantity> request(Container container, String resource) {
        return Optional.ofNullable(container.getResources())
                .map(r -> r.getRequests())
                .map(r -> r.get(resource));
    }
}
