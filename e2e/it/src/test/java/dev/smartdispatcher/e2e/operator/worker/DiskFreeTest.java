package dev.smartdispatcher.e2e.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is free on the machine bounds builds whatever an administrator has stated. */
@ExtendWith(HarnessExtension.class)
class DiskFreeTest {
    private final Harness farm;

    DiskFreeTest(Harness farm) {
        this.farm = farm.withOperator();
    }

    private void free(String free, Instant observed) {
        farm.publish("full", 4, "8Gi", observed, "disk: {capacity: 480Gi, free: " + free + "}");
    }

    @Test
    void aBuildWaitsForDiskThatOthersUseThoughTheLimitWouldDoAndStartsWhenItIsFree() {
        farm.worker("full", 4);
        free("60Gi", Instant.now().minusSeconds(2));
        farm.client()
                .resources(BuildWorker.class)
                .withName("full")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"limits\": {\"disk\": \"400Gi\"}}}");
        farm.untilWorker(
                "full",
                w -> w.getStatus() != null
                        && w.getStatus().budget() != null
                        && w.getStatus().budget().disk().getAmount().equals("400"));
        farm.job("large", "resources: {disk: {size: 200Gi}}");
        var waiting = farm.until("large", s -> s.waiting() != null).waiting();
        assertThat(waiting.reason()).isEqualTo(Reason.NoWorkerFits);
        assertThat(waiting.message())
                .contains("1 TooLittleFreeDisk (needs 200Gi disk; nearest: full has ")
                .contains(" free for builds)");
        free("410Gi", Instant.now());
        farm.pod("large", 1);
    }
}
