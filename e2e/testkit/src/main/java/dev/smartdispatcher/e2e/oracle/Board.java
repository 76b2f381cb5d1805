package dev.smartdispatcher.e2e.oracle;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.pods.Amounts;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All live claims at one moment, by the objects alone: worked out anew, not by the code that it judges. */
final class Board {
    private static final List<String> RESOURCES = List.of("cpu", "memory", "ephemeral-storage", Amounts.PODS);

    /** By what records it, a job or a pod. */
    private final Map<String, Claim> recorded = new HashMap<>();

    private final Map<String, Claim> actual = new HashMap<>();

    private record Claim(String attempt, String job, String worker, Amounts amounts) {}

    void job(BuildJob job, boolean gone) {
        var uid = job.getMetadata().getUid();
        var status = Optional.ofNullable(job.getStatus()).orElse(BuildJobStatus.EMPTY);
        var live = status.liveAttempt();
        if (gone || live.isEmpty()) {
            recorded.remove(uid);
        } else {
            var allocation = status.allocation();
            var amounts = Amounts.of(Map.of(
                    "cpu",
                    allocation.cpu(),
                    "memory",
                    allocation.memory(),
                    "ephemeral-storage",
                    allocation.disk(),
                    Amounts.PODS,
                    new Quantity("1")));
            recorded.put(
                    uid,
                    new Claim(uid + "/" + live.get().number(), uid, live.get().worker(), amounts));
        }
    }

    void pod(Pod pod, boolean over) {
        var uid = pod.getMetadata().getUid();
        var labels = pod.getMetadata().getLabels();
        var job = labels.get(Labels.JOB_UID);
        if (over) {
            actual.remove(uid);
        } else if (job != null) {
            // What else has the label of a worker is the pod of a check.
            actual.put(
                    uid,
                    new Claim(
                            job + "/" + labels.get(Labels.ATTEMPT),
                            job,
                            labels.get(Labels.WORKER),
                            Amounts.requestedBy(pod.getSpec())));
        }
    }

    List<String> violations(Amounts budget) {
        var wrong = new ArrayList<String>();
        actual.values().stream()
                .collect(Collectors.groupingBy(Claim::job, Collectors.counting()))
                .forEach((job, pods) -> {
                    if (pods > 1) {
                        wrong.add("job " + job + " has " + pods + " pods that may run");
                    }
                });
        claimed().forEach((worker, claims) -> {
            for (var resource : RESOURCES) {
                var sum = claims.stream().map(c -> c.amounts().get(resource)).reduce(BigDecimal.ZERO, BigDecimal::add);
                if (sum.compareTo(budget.get(resource)) > 0) {
                    wrong.add(
                            "worker " + worker + " has " + budget.get(resource) + " " + resource + " and gave " + sum);
                }
            }
        });
        return wrong;
    }

    /** Each attempt once on each worker, by the larger of what is recorded and what its pod asks for. */
    private Map<String, List<Claim>> claimed() {
        var attempts = new TreeMap<String, Claim>();
        Stream.concat(recorded.values().stream(), actual.values().stream())
                .forEach(claim -> attempts.merge(claim.worker() + " " + claim.attempt(), claim, Board::larger));
        return attempts.values().stream().collect(Collectors.groupingBy(Claim::worker));
    }

    private static Claim larger(Claim one, Claim other) {
        var amounts = new HashMap<String, BigDecimal>();
        RESOURCES.forEach(resource -> amounts.put(
                resource, one.amounts().get(resource).max(other.amounts().get(resource))));
        return new Claim(one.attempt(), one.job(), one.worker(), new Amounts(amounts));
    }
}
