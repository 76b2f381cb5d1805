package dev.smartdispatcher.operator.controller.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.controller.health.WorkerHealth;
import dev.smartdispatcher.operator.controller.worker.FixedCluster;
import dev.smartdispatcher.operator.controller.worker.WorkerAssessments;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationRecheckTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final FixedCluster cluster = new FixedCluster();
    private final AllocationRecheck recheck = new AllocationRecheck(
            cluster.view,
            new WorkerAssessments(
                    cluster.view,
                    new WorkerHealth(cluster.view, Clock.fixed(NOON, ZoneOffset.UTC)),
                    Clock.fixed(NOON, ZoneOffset.UTC)));

    /** A job that has this many cores on the worker. */
    private Attempt allocated(int cores) {
        var job = Serialization.unmarshal("""
            apiVersion: smart-dispatcher.dev/v1alpha1
            kind: BuildJob
            metadata: {name: j, namespace: a, uid: uid-j}
            spec: {}
            status:
              phase: Dispatched
              allocation: {worker: w, hostArch: x86_64, mode: Native, parallelism: 1, cpu: "%s", memory: 1Gi, disk: 1Gi}
              attempts: [{number: 1, worker: w, pod: j-1, dispatchTime: "2026-01-01T11:00:00Z"}]
            """.formatted(cores), BuildJob.class);
        cluster.jobs.put(job);
        return job.getStatus().liveAttempt().orElseThrow();
    }

    @Test
    void anAllocationBeyondTheBudgetIsFound() {
        assertThat(recheck.isOverbooked(allocated(8))).isFalse();
        assertThat(recheck.isOverbooked(allocated(9))).isTrue();
    }

    /** What is left of limits that cannot be read is not the budget by which the scheduler allocated. */
    @Test
    void aWorkerWhoseLimitsCannotBeReadHasNoBudgetForTheRecheckEither() {
        var worker = cluster.worker("2", "{}");
        worker.getMetadata().setAdditionalProperty("unreadable", List.of("spec.limits.cpu: 1e9999 cannot be read"));
        assertThat(recheck.isOverbooked(allocated(9))).isFalse();
    }

    /** An edit of spec.hostArch between the record and the pod: the allocation is for what the worker was offered as before. */
    @Test
    void aWorkerThatIsOfferedAsAnotherArchitectureSinceIsFound() {
        var attempt = allocated(1);
        assertThat(recheck.isNowOf(attempt, onArchitecture("x86_64"))).isEmpty();
        assertThat(recheck.isNowOf(attempt, onArchitecture("i586"))).contains(Architecture.x86_64);
    }

    @Test
    void aWorkerWhoseFactsCannotBeReadIsNotTakenForAnother() {
        var attempt = allocated(1);
        var worker = cluster.worker("2", "{}");
        worker.getMetadata().setAdditionalProperty("unreadable", List.of("status.agent.cpu: cannot be read"));
        assertThat(recheck.isNowOf(attempt, onArchitecture("i586"))).isEmpty();
    }

    private static Allocation onArchitecture(String hostArch) {
        return Serialization.unmarshal("--- {worker: w, hostArch: " + hostArch + ", mode: Native}", Allocation.class);
    }
}
