package dev.smartdispatcher.operator.controller.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.worker.BuildWorker;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AgentHeartbeatsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private Instant now = NOON;
    private final AgentHeartbeats heartbeats = new AgentHeartbeats(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void whoHasPublishedNothingWasNotHeard() {
        assertThat(heartbeats.of(worker("u", "", ""))).isEmpty();
    }

    @Test
    void oneThatIsUnknownWasHeardWhenTheApiServerNotedIt() {
        var dead = heartbeat(worker("u", "2026-01-01T12:30:00Z", "2026-01-01T11:00:00Z"));
        assertThat(dead.seen()).isEqualTo(NOON.minus(Duration.ofHours(1)));
        assertThat(dead.ahead()).contains(Duration.ofMinutes(90));
    }

    @Test
    void butNeverInTheFuture() {
        assertThat(heartbeat(worker("u", "2076-01-01T12:00:00Z", "2076-01-01T12:00:00Z"))
                        .seen())
                .isEqualTo(NOON);
    }

    @Test
    void whereTheApiServerNotedNothingItIsHeardNow() {
        var behind = heartbeat(worker("u", "2026-01-01T11:00:00Z", ""));
        assertThat(behind.seen()).isEqualTo(NOON);
        assertThat(behind.ahead()).isEmpty();
        assertThat(heartbeat(worker("v", "2026-01-01T13:00:00Z", "")).ahead()).contains(Duration.ofHours(1));
    }

    @Test
    void onlyAChangeIsASignOfLife() {
        heartbeat(worker("u", "2076-01-01T00:00:00Z", ""));
        now = NOON.plusSeconds(100);
        assertThat(heartbeat(worker("u", "2076-01-01T00:00:00Z", "")).seen()).isEqualTo(NOON);
        var back = heartbeat(worker("u", "2026-01-01T11:00:00Z", ""));
        assertThat(back.seen()).isEqualTo(now);
        assertThat(back.ahead()).contains(Duration.ofSeconds(-3700));
    }

    /** A watch that was away for long shows it late. */
    @Test
    void theSkewIsThatOfTheWrite() {
        heartbeat(worker("u", "2026-01-01T11:59:00Z", "2026-01-01T11:59:01Z"));
        now = NOON.plusSeconds(600);
        var late = heartbeat(worker("u", "2026-01-01T12:00:00Z", "2026-01-01T12:00:01Z"));
        assertThat(late.ahead()).contains(Duration.ofSeconds(-1));
        assertThat(late.seen()).isEqualTo(now);
    }

    @Test
    void anotherOfTheSameNameIsAnother() {
        heartbeat(worker("u", "2026-01-01T11:00:00Z", ""));
        now = NOON.plusSeconds(100);
        assertThat(heartbeat(worker("v", "2026-01-01T11:00:00Z", "")).seen()).isEqualTo(now);
    }

    @Test
    void theOperatorsOwnClockMayBeSetBack() {
        heartbeat(worker("u", "2026-01-01T11:00:00Z", ""));
        now = NOON.minusSeconds(3600);
        assertThat(heartbeat(worker("u", "2026-01-01T11:00:00Z", "")).seen()).isEqualTo(now);
    }

    private AgentHeartbeat heartbeat(BuildWorker worker) {
        return heartbeats.of(worker).orElseThrow();
    }

    private static BuildWorker worker(String uid, String observed, String written) {
        return Serialization.unmarshal(
                """
                apiVersion: smartdispatcher.dev/v1alpha1
                kind: BuildWorker
                metadata:
                  name: w
                  uid: %s
                  managedFields:
                    - {manager: other, operation: Apply, time: "2026-01-01T11:59:59Z", fieldsV1: {"f:status": {"f:budget": {}}}}
                    %s
                status: %s
                """.formatted(
                                uid,
                                written.isEmpty()
                                        ? ""
                                        : "- {manager: agent, operation: Apply, time: \"" + written
                                                + "\", fieldsV1: {\"f:status\": {\"f:agent\": {\"f:observedTime\":"
                                                + " {}}}}}",
                                observed.isEmpty() ? "{}" : "{agent: {observedTime: \"" + observed + "\"}}"),
                BuildWorker.class);
    }
}
