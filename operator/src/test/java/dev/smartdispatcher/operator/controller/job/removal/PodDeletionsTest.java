package dev.smartdispatcher.operator.controller.job.removal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.operator.controller.EventRecorder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PodDeletionsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Nobody listens there: what is told by Events is none of this test's. */
    private final KubernetesClient nobody = new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder(Config.empty())
                    .withMasterUrl("http://127.0.0.1:1")
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();

    private Instant now = START;
    private final Clock clock = new Clock() {
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
    };
    private final EventRecorder events = new EventRecorder(nobody, clock);
    private final PodDeletions deletions = new PodDeletions(events, clock);
    private final BuildJob job = new BuildJob();
    private final Pod pod = new PodBuilder()
            .withNewMetadata()
            .withName("p")
            .withUid("p")
            .endMetadata()
            .build();

    PodDeletionsTest() {
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ns")
                .withName("j")
                .withUid("j")
                .build());
    }

    @AfterEach
    void close() {
        events.close();
        nobody.close();
    }

    @Test
    void whatIsNotRefusedIsDoneAtOnceAndNotAgain() {
        assertThat(deletions.delete(job, pod, () -> {})).isTrue();
        assertThat(deletions.again(job)).isEmpty();
    }

    @Test
    void theSameIsRefusedEverMoreRarely() {
        var asked = new ArrayList<Long>();
        while (now.isBefore(START.plus(Duration.ofMinutes(8)))) {
            deletions.delete(job, pod, () -> {
                asked.add(Duration.between(START, now).toSeconds());
                refuse();
            });
            assertThat(deletions.again(job)).hasValueSatisfying(again -> assertThat(again)
                    .isBetween(PodDeletions.FIRST_PAUSE, PodDeletions.LONGEST_PAUSE));
            now = now.plusSeconds(1);
        }
        assertThat(asked).isEqualTo(List.of(0L, 1L, 3L, 7L, 15L, 31L, 63L, 127L, 247L, 367L));
    }

    @Test
    void afterADeletionThePausesBeginAnew() {
        deletions.delete(job, pod, PodDeletionsTest::refuse);
        now = now.plus(PodDeletions.FIRST_PAUSE);
        deletions.delete(job, pod, PodDeletionsTest::refuse);
        now = now.plus(PodDeletions.LONGEST_PAUSE);
        assertThat(deletions.delete(job, pod, () -> {})).isTrue();
        assertThat(deletions.again(job)).isEmpty();
        deletions.delete(job, pod, PodDeletionsTest::refuse);
        assertThat(deletions.again(job)).contains(PodDeletions.FIRST_PAUSE);
    }

    /** It is gone by now, or may stay. */
    @Test
    void aPodThatNobodyWantsToDeleteAnyMoreIsForgotten() {
        deletions.delete(job, pod, PodDeletionsTest::refuse);
        now = now.plus(PodDeletions.FIRST_PAUSE).plus(PodDeletions.LONGEST_PAUSE);
        assertThat(deletions.again(job)).isEmpty();
    }

    /** Else the pod would stay until the clock is where it was. */
    @Test
    void aClockThatIsSetBackHoldsUpNothing() {
        deletions.delete(job, pod, PodDeletionsTest::refuse);
        now = now.minus(Duration.ofDays(1));
        assertThat(deletions.delete(job, pod, () -> {})).isTrue();
    }

    private static void refuse() {
        throw new KubernetesClientException("denied", 403, null);
    }
}
