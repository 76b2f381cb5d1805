package dev.smartdispatcher.operator.controller.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.job.BuildJob;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecreatedJobsTest {
    private final List<Event> published = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final RecreatedJobs recreatedJobs = new RecreatedJobs(this::look, Duration.ofMillis(1));

    @AfterEach
    void stop() {
        recreatedJobs.stop();
    }

    /** The one that was deleted is gone, and the other comes only after some looks. */
    private Optional<BuildJob> look(String namespace, String name) {
        var job = new BuildJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid("other")
                .build());
        return looks.incrementAndGet() < 4 ? Optional.empty() : Optional.of(job);
    }

    /** What is told while the deletion is being looked at is forgotten, however long that takes. */
    @Test
    void aJobIsToldOfMoreThanOnce() {
        recreatedJobs.setEventHandler(published::add);
        recreatedJobs.start();
        recreatedJobs.expect("ns", "j");
        await().atMost(Duration.ofMinutes(1)).until(() -> published.size() > 2);
        assertThat(published).extracting(Event::getRelatedCustomResourceID).containsOnly(new ResourceID("j", "ns"));
    }
}
