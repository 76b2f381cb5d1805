package dev.smartdispatcher.operator.controller.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.policy.QueueStatus;
import dev.smartdispatcher.api.policy.TenantUsage;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyReportTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final List<TenantUsage> USAGE = List.of(new TenantUsage("team-a", 60L, NOW));

    private final PolicyReport report = new PolicyReport();
    private final DispatchPolicy policy = new DispatchPolicy();

    PolicyReportTest() {
        policy.setMetadata(new ObjectMetaBuilder().withName("default").build());
    }

    @Test
    void aChangeIsToldAtOnceAndTheNextOneASecondLater() {
        var first = publish(1, 0);
        assertThat(first.isPatchStatus()).isTrue();
        policy.setStatus(first.getResource().orElseThrow().getStatus());

        var soon = publish(2, 300);
        assertThat(soon.isNoUpdate()).isTrue();
        assertThat(soon.getScheduleDelay()).contains(700L);

        var later = publish(2, 1000);
        assertThat(later.isPatchStatus()).isTrue();
        assertThat(later.getResource().orElseThrow().getStatus().queue().pending())
                .isEqualTo(2);
    }

    @Test
    void nothingNewIsNotToldAndNotHurriedFor() {
        policy.setStatus(publish(1, 0).getResource().orElseThrow().getStatus());
        for (long millis : new long[] {300, 2000}) {
            var same = publish(1, millis);
            assertThat(same.isNoUpdate()).isTrue();
            assertThat(same.getScheduleDelay()).contains(AGAIN.toMillis());
        }
    }

    @Test
    void usageIsAskedForOnlyWhenItCanBeTold() {
        policy.setStatus(publish(1, 0).getResource().orElseThrow().getStatus());
        report.of(
                policy,
                queue(2),
                published -> {
                    throw new AssertionError("what tenants used is kept for a minute once it was asked for");
                },
                List.of(),
                List.of(),
                AGAIN,
                NOW.plusMillis(500));
    }

    @Test
    void aClockThatIsSetBackHoldsUpNothing() {
        policy.setStatus(publish(1, 0).getResource().orElseThrow().getStatus());
        assertThat(publish(2, -3_600_000).isPatchStatus()).isTrue();
    }

    private UpdateControl<DispatchPolicy> publish(int pending, long millis) {
        return report.of(
                policy, queue(pending), published -> USAGE, List.of(), List.of(), AGAIN, NOW.plusMillis(millis));
    }

    private static QueueStatus queue(int pending) {
        return new QueueStatus(pending, 0, List.of());
    }
}
