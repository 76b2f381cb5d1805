package dev.smartdispatcher.e2e.operator.writes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pod whose build has ended is not deleted by a request that was decided on while it ran: its end would be lost with it. */
class LateDeletionTest {
    private final Harness farm = new Harness();

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void aBuildThatEndsBeforeItIsStoppedKeepsItsPod() {
        farm.worker("w", 2);
        farm.withOperator().job("long");
        var pod = farm.pod("long", 1);
        farm.kubelet().running(pod);
        farm.until("long", s -> s.holds(BuildJobStatus.RUNNING));
        var late = farm.faults().delayNext(r -> r.is(Verb.DELETE, "pods"), 504);
        farm.client()
                .resources(BuildWorker.class)
                .withName("w")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"smartdispatcher.dev/drain\": \"power off\","
                                + " \"smartdispatcher.dev/drain-deadline\": \"2026-01-01T00:00:00Z\"}}}");
        await().until(late::isHeld);
        farm.kubelet().ended(pod, 0);
        late.arrive();
        farm.until("long", s -> s.holds(BuildJobStatus.COMPLETE));
        assertThat(farm.pods()).hasSize(1).allSatisfy(p -> assertThat(
                        p.getMetadata().getDeletionTimestamp())
                .isNull());
    }
}
