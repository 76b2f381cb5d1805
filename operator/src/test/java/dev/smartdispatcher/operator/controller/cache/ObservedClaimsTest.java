package dev.smartdispatcher.operator.controller.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.ApiGroup;
import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.workload.AllocationAnnotation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObservedClaimsTest {
    private static final long GI = 1L << 30;

    /** Allocated 6 cores, 8Gi and 4Gi of the worker's own disk; then it was given these. */
    private static Pod pod(String cpu, String memory) {
        var allocation = new Allocation(
                "node-7", "x86_64", Mode.Native, 6, new Quantity("6"), new Quantity("8Gi"), new Quantity("4Gi"));
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("team")
                .addToAnnotations(Annotations.ALLOCATION, AllocationAnnotation.write(allocation))
                .addToLabels(
                        Map.of(Labels.WORKER, "node-7", Labels.JOB, "zlib", Labels.JOB_UID, "u", Labels.ATTEMPT, "1"))
                .addNewOwnerReference()
                .withApiVersion(ApiGroup.GROUP + "/v1alpha1")
                .withKind("BuildJob")
                .withName("zlib")
                .withUid("u")
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("build")
                .withNewResources()
                .addToRequests("cpu", new Quantity(cpu))
                .addToRequests("memory", new Quantity(memory))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    private static Room claimed(Pod pod) {
        var claims = ObservedClaims.of(Optional.empty(), List.of(pod), job -> Optional.empty(), Instant.EPOCH);
        assertThat(claims).hasSize(1);
        return claims.get(0).room();
    }

    /** The annotation stays as it was dispatched: were the larger of both counted, no shrink would ever free anything. */
    @Test
    void aPodThatWasResizedHasTheCpuAndMemoryThatItHas() {
        assertThat(claimed(pod("2", "8Gi"))).isEqualTo(new Room(2000, 8 * GI, 4 * GI, 1));
        assertThat(claimed(pod("7", "9Gi"))).isEqualTo(new Room(7000, 9 * GI, 4 * GI, 1));
    }
}
