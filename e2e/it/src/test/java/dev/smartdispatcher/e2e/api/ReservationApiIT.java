package dev.smartdispatcher.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.hollow.HollowNodes;
import dev.smartdispatcher.e2e.process.OperatorRun;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Room that is kept for a job can be seen on the job and on the worker, and the worker shows who is to blame for idle cores. */
@ApiTier
class ReservationApiIT {
    private final KubernetesClient client;

    ReservationApiIT(KubernetesClient client) {
        this.client = client;
    }

    @Test
    void theWorkerTellsForWhomRoomIsKeptUntilThatStarts() {
        var farm = Farm.of(client, "kept");
        // Builds that never end by themselves.
        try (var nodes = HollowNodes.startBinding(client, Duration.ofDays(1), 2)) {
            try (var operator = OperatorRun.start(client)) {
                farm.job("one", "activeDeadlineSeconds: 3600");
                farm.until("one", s -> s.holds(BuildJobStatus.RUNNING));
                farm.job(
                        "all",
                        "activeDeadlineSeconds: 1800",
                        "resources: {cpuPerProcess: 4, memory: {base: 1Gi, perProcess: 0}}");
                var waiting = farm.until(
                                "all", s -> s.waiting() != null && s.waiting().reservedWorker() != null)
                        .waiting();
                assertThat(waiting.reservedWorker()).isEqualTo("kept");
                var kept = worker(w -> w.reservedFor() != null).reservedFor();
                assertThat(kept.namespace() + "/" + kept.name()).isEqualTo("default/all");
                assertThat(kept.cpu()).hasToString("4");
                assertThat(kept.memory()).hasToString("1Gi");
                assertThat(kept.estimatedStart()).isAfter(kept.since().plusSeconds(3000));
            }
            var before = resource().get();
            try (var operator = OperatorRun.start(client)) {
                farm.job("behind");
                var behind = farm.until(
                        "behind", s -> s.waiting() != null && s.waiting().estimatedStart() != null);
                assertThat(behind.waiting().reservedWorker()).isNull();
                assertThat(behind.waiting().estimatedStart())
                        .isAfter(before.getStatus()
                                .reservedFor()
                                .estimatedStart()
                                .plusSeconds(1800));
                assertThat(resource().get().getStatus().reservedFor())
                        .isEqualTo(before.getStatus().reservedFor());
                remove("one");
                farm.until("all", s -> s.holds(BuildJobStatus.DISPATCHED));
                assertThat(worker(w -> w.reservedFor() == null
                                        || !w.reservedFor().name().equals("all"))
                                .agent())
                        .isEqualTo(before.getStatus().agent());
            }
        }
    }

    /** As a user does; a garbage collector would remove the pod. */
    private void remove(String job) {
        client.resources(BuildJob.class).inNamespace("default").withName(job).delete();
        client.pods().inNamespace("default").withLabel(Labels.JOB, job).delete();
    }

    private BuildWorkerStatus worker(Predicate<BuildWorkerStatus> condition) {
        return await().atMost(Duration.ofSeconds(120))
                .until(
                        () -> Optional.ofNullable(resource().get().getStatus()).orElse(BuildWorkerStatus.EMPTY),
                        condition);
    }

    private Resource<BuildWorker> resource() {
        return client.resources(BuildWorker.class).withName("kept");
    }
}
