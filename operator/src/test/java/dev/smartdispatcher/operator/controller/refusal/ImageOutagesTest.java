package dev.smartdispatcher.operator.controller.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.fairshare.NamespaceHold.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImageOutagesTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final String IMAGE = "local.test/debian:12";
    private static final Set<String> IMAGES = Set.of(IMAGE);
    private static final Published TOLD = new Published(Reason.ImagePullFailed, "cannot be had");

    private final ImageOutages outages = new ImageOutages();

    /** Who has no Secret to pull by may submit as many jobs as he likes. */
    @Test
    void aNamespaceThatCannotPullHoldsUpNoOther() {
        outages.failed(IMAGE, "w", "team-a", TOLD, "a1", START);
        assertThat(outages.obstacle(IMAGES, "team-a", "a2", START)).contains(TOLD);
        assertThat(outages.obstacle(IMAGES, "team-b", "b1", START)).isEmpty();
        assertThat(outages.out(IMAGES)).contains(TOLD);
    }

    /** One namespace does not have the other's tries. */
    @Test
    void eachNamespaceThatCannotPullTriesByItself() {
        outages.failed(IMAGE, "w", "team-a", TOLD, "a1", START);
        outages.failed(IMAGE, "w", "team-b", TOLD, "b1", START);
        var later = START.plus(Duration.ofMinutes(1));
        assertThat(outages.obstacle(IMAGES, "team-a", "a1", later)).isEmpty();
        assertThat(outages.obstacle(IMAGES, "team-b", "b1", later)).isEmpty();
        assertThat(outages.obstacle(IMAGES, "team-b", "b2", later)).contains(TOLD);
    }

    /** All jobs of the farm are looked at for news. */
    @Test
    void aStartIsNewsOnceAndWhenItEndsAnOutage() {
        assertThat(outages.started(IMAGE, "w", START)).isTrue();
        assertThat(outages.started(IMAGE, "w", START)).isFalse();
        outages.failed(IMAGE, "w", "team-a", TOLD, "a1", START);
        assertThat(outages.started(IMAGE, "other", START)).isTrue();
        assertThat(outages.out(IMAGES)).isEmpty();
        assertThat(outages.obstacle(IMAGES, "team-a", "a2", START)).isEmpty();
    }

    /** An environment that has a new image each night does not fill the memory. */
    @Test
    void imagesThatNoEnvironmentHasAreForgotten() {
        outages.started("old:1", "w", START);
        outages.failed(IMAGE, "w", "team-a", TOLD, "a1", START);
        outages.keepOnly(IMAGES);
        assertThat(outages.haveStarted(Set.of("old:1"))).isFalse();
        assertThat(outages.out(IMAGES)).contains(TOLD);
        outages.keepOnly(Set.of());
        assertThat(outages.out(IMAGES)).isEmpty();
        assertThat(outages.obstacle(IMAGES, "team-a", "a2", START)).isEmpty();
    }
}
