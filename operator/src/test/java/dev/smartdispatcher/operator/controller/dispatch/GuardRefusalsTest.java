package dev.smartdispatcher.operator.controller.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.controller.refusal.NamespaceHolds;
import dev.smartdispatcher.operator.scheduler.job.JobKey;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GuardRefusalsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final KubernetesClientException BUSY = new KubernetesClientException(
            "busy", 503, new StatusBuilder().withCode(503).withMessage("busy").build());

    private final NamespaceHolds holds = new NamespaceHolds();
    private final GuardRefusals refusals = new GuardRefusals(holds);

    @Test
    void anAnswerThatComesAgainAndAgainIsTold() {
        failsOften("a");
        refusals.wait(new JobKey("a", "j", "uid"), BUSY, NOW);
        assertThat(holds.published("a"))
                .hasValueSatisfying(published -> assertThat(published.reason()).isEqualTo(Reason.ApiServerError));
    }

    /** Its jobs may be gone, and the namespace with them. */
    @Test
    void aNamespaceOfWhichNobodyAsksForLongIsForgotten() {
        failsOften("a");
        var later = NOW.plus(GuardRefusals.FORGOTTEN);
        refusals.published(Set.of("b"), Map.of(), later);
        refusals.wait(new JobKey("a", "j", "uid"), BUSY, later);
        assertThat(holds.published("a")).isEmpty();
    }

    private void failsOften(String namespace) {
        for (int i = 0; i < GuardRefusals.MOST_TRIES; i++) {
            refusals.published(Set.of(namespace), Map.of(namespace, BUSY), NOW);
        }
    }
}
