package dev.smartdispatcher.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.hollow.HollowNodes;
import dev.smartdispatcher.e2e.process.OperatorRun;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Jobs go through a real API server to Complete. */
@ApiTier
class JobLifeApiIT {
    @Test
    void everyJobCompletesInOneAttempt(KubernetesClient client) {
        var farm = Farm.of(client, "life-1", "life-2");
        try (var nodes = HollowNodes.startBinding(client, Duration.ofMillis(100), 4);
                var operator = OperatorRun.start(client)) {
            var jobs = IntStream.range(0, 12).mapToObj(i -> "life-" + i).toList();
            jobs.forEach(farm::job);
            for (var job : jobs) {
                var status = farm.until(job, BuildJobStatus::finished);
                assertThat(status.holds(BuildJobStatus.COMPLETE))
                        .as(status.toString())
                        .isTrue();
                assertThat(status.attempts()).hasSize(1);
            }
        }
    }
}
