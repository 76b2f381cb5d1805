package dev.smartdispatcher.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.job.status.AttemptBuilder;
import dev.smartdispatcher.api.job.status.BuildJobStatusBuilder;
import dev.smartdispatcher.api.job.status.Phase;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.api.tier.Leftovers;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.hollow.HollowWorker;
import dev.smartdispatcher.e2e.oracle.Oracle;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The judge of the other tests finds what is wrong, and where it was. */
@ApiTier
class OracleApiIT {
    private final KubernetesClient client;

    OracleApiIT(KubernetesClient client) {
        this.client = client;
    }

    @AfterEach
    void clean() {
        Leftovers.remove(client);
    }

    @Test
    void aWorkerThatWasGivenTwiceIsFoundThoughItIsFreeAgain() {
        var farm = Farm.of(client);
        try (var oracle = new Oracle(client)) {
            for (var name : List.of("first", "second")) {
                farm.job(name);
                allocate(name);
            }
            client.resources(BuildJob.class)
                    .inNamespace("default")
                    .withName("second")
                    .delete();
            assertThat(oracle.violations(HollowWorker.of("w", 4).amounts()))
                    .singleElement()
                    .asString()
                    .contains("worker w has 4 cpu and gave 6");
        }
    }

    private void allocate(String job) {
        var one = new Quantity("1Gi");
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var attempt = AttemptBuilder.builder()
                .number(1)
                .worker("w")
                .pod(job + "-1")
                .parallelism(3)
                .memory(one)
                .disk(one)
                .dispatchTime(now)
                .build();
        var allocation = new Allocation("w", "x86_64", Mode.Native, 3, new Quantity("3"), one, one);
        client.resources(BuildJob.class).inNamespace("default").withName(job).editStatus(seen -> {
            seen.setStatus(BuildJobStatusBuilder.builder()
                    .phase(Phase.Dispatched)
                    .allocation(allocation)
                    .attempts(List.of(attempt))
                    .build());
            return seen;
        });
    }
}
