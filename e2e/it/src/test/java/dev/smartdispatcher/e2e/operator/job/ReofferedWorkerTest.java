package dev.smartdispatcher.e2e.operator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerSpec;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.farm.Edits;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A worker that is offered as another architecture after an attempt is recorded and before its pod is made. */
@ExtendWith(HarnessExtension.class)
class ReofferedWorkerTest {
    private final Harness farm;
    private final AtomicInteger asked = new AtomicInteger();

    ReofferedWorkerTest(Harness farm) {
        this.farm = farm;
        farm.node("w");
        farm.register("w");
        farm.publish(
                "w",
                1,
                "8Gi",
                Instant.now(),
                "--- {targets: [{arch: x86_64, mode: Native}, {arch: i586, mode: Compat}]}");
        farm.withOperator();
    }

    @Test
    void theAttemptIsTakenBack() {
        var acceptPods = farm.faults().failWhile(this::asksForPod, 503);
        farm.job("j", "");
        await().until(() -> asked.get() > 0);
        farm.until("j", s -> s.liveAttempt().isPresent());
        offer("{hostArch: i586}");
        farm.until("j", s -> s.liveAttempt().isEmpty());
        acceptPods.run();
        await().untilAsserted(() -> assertThat(farm.client()
                        .v1()
                        .events()
                        .inNamespace(farm.namespace())
                        .list()
                        .getItems())
                .anySatisfy(event -> {
                    assertThat(event.getReason()).isEqualTo(Reason.WorkersUnavailable.name());
                    assertThat(event.getMessage()).contains("attempt 1 is taken back", "w is now offered as i586");
                }));
        offer("{}");
        assertThat(farm.until("j", s -> s.liveAttempt().isPresent())
                        .allocation()
                        .hostArch())
                .isEqualTo("x86_64");
    }

    private boolean asksForPod(ApiRequest request) {
        boolean asks = request.is(Verb.CREATE, "pods") && request.userAgent().equals(Harness.OPERATOR);
        if (asks) {
            asked.incrementAndGet();
        }
        return asks;
    }

    private void offer(String spec) {
        Edits.edit(farm.client().resources(BuildWorker.class).withName("w"), worker -> {
            worker.setSpec(Serialization.unmarshal("--- " + spec, BuildWorkerSpec.class));
            return worker;
        });
    }
}
