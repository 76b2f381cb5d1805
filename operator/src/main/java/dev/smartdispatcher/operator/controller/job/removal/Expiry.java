package dev.smartdispatcher.operator.controller.job.removal;

import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** Deletes a job, and with it its pods, some time after its end. */
public final class Expiry {
    private final KubernetesClient client;
    private final ClusterView cluster;
    private final Clock clock;

    public Expiry(KubernetesClient client, ClusterView cluster, Clock clock) {
        this.client = client;
        this.cluster = cluster;
        this.clock = clock;
    }

    /** Deletes the finished job if it is due; else how long it still stays. */
    public Duration look(BuildJob job) {
        var spec = job.getSpec();
        var seconds = spec == null || spec.ttlSecondsAfterFinished() == null
                ? cluster.policy().defaults().ttlSecondsAfterFinished()
                : spec.ttlSecondsAfterFinished();
        var due = end(job.getStatus()).plusSeconds(seconds);
        var left = Duration.between(clock.instant(), due);
        if (left.isNegative() || left.isZero()) {
            // The precondition keeps a job of the same name that was created meanwhile.
            client.resource(job).lockResourceVersion().delete();
            return Duration.ofMinutes(1);
        }
        return left;
    }

    private static Instant end(BuildJobStatus status) {
        return status.conditions().stream()
                .filter(c -> c.holds()
                        && (c.type().equals(BuildJobStatus.COMPLETE) || c.type().equals(BuildJobStatus.FAILED)))
                .map(Condition::lastTransitionTime)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
