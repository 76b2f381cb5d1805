package dev.smartdispatcher.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.BuildJobStatusBuilder;
import dev.smartdispatcher.api.job.status.Phase;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.api.tier.Leftovers;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.hollow.HollowNodes;
import dev.smartdispatcher.e2e.process.OperatorRun;
import dev.smartdispatcher.operator.controller.JobStatusWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two writers of one job: a decision on what is no longer true is refused, and neither loses what the other wrote. */
@ApiTier
class ConflictApiIT {
    private static final int JOBS = 8;

    private final KubernetesClient client;

    ConflictApiIT(KubernetesClient client) {
        this.client = client;
    }

    @AfterEach
    void clean() {
        Leftovers.remove(client);
    }

    @Test
    void statusDecidedOnAnOldVersionIsNotWritten() {
        var farm = Farm.of(client);
        var seen = farm.job("stale");
        job("stale").patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"priority\":7}}");
        var writer = new JobStatusWriter(client);
        assertThat(writer.write(seen, phase(Phase.Failed))).isEmpty();
        assertThat(job("stale").get().getStatus()).isNull();

        var written = writer.write(job("stale").get(), phase(Phase.Pending)).orElseThrow();
        assertThat(written.getStatus().phase()).isEqualTo(Phase.Pending);
        assertThat(written.getSpec().priority()).isEqualTo(7);
        assertThat(writer.write(seen, phase(Phase.Failed))).isEmpty();
        assertThat(job("stale").get().getStatus().phase()).isEqualTo(Phase.Pending);
    }

    @Test
    void statusOfAJobThatIsGoneIsNotWritten() {
        var seen = Farm.of(client).job("gone");
        job("gone").delete();
        assertThat(new JobStatusWriter(client).write(seen, phase(Phase.Failed))).isEmpty();
    }

    /** A user edits priorities and another controller conditions, again and again, from before the operator starts. */
    @Test
    void editsWhileTheOperatorAllocatesCostNothing() throws Exception {
        var farm = Farm.of(client, "edit-1");
        var jobs = IntStream.range(0, JOBS).mapToObj(i -> "edit-" + i).toList();
        jobs.forEach(farm::job);
        var edits = new AtomicInteger();
        var noted = ConcurrentHashMap.<String>newKeySet();
        var users = Executors.newScheduledThreadPool(2);
        try (var nodes = HollowNodes.startBinding(client, Duration.ofMillis(200), 4)) {
            users.scheduleWithFixedDelay(
                    () -> jobs.forEach(job -> raisePriority(job, edits)), 0, 1, TimeUnit.MILLISECONDS);
            users.scheduleWithFixedDelay(() -> jobs.forEach(job -> note(job, noted)), 0, 5, TimeUnit.MILLISECONDS);
            try (var operator = OperatorRun.start(client)) {
                await("all end, and are noted")
                        .atMost(Duration.ofSeconds(180))
                        .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                        .until(() -> noted.containsAll(jobs)
                                && jobs.stream()
                                        .allMatch(job -> farm.status(job).finished()));
            }
            users.shutdown();
            assertThat(users.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            users.shutdownNow();
        }
        assertThat(edits.get()).isGreaterThan(JOBS);
        for (var name : jobs) {
            var status = farm.status(name);
            assertThat(status.holds(BuildJobStatus.COMPLETE))
                    .as(status.toString())
                    .isTrue();
            assertThat(status.attempts()).as(name).hasSize(1);
            assertThat(status.condition("Noted")).as(name).isPresent();
            assertThat(job(name).get().getSpec().priority()).isPositive();
        }
        assertThat(client.pods().inNamespace("default").list().getItems()).hasSize(JOBS);
    }

    private void raisePriority(String name, AtomicInteger edits) {
        try {
            job(name)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"spec\":{\"priority\":" + (1 + edits.incrementAndGet() % 1000) + "}}");
        } catch (KubernetesClientException e) {
            assertThat(e.getCode()).as("no answer: the next edit follows").isZero();
        }
    }

    /**
     * By a PUT of the status, as the operator writes: now and then this one comes first, now and then the operator. Once: what
     * the operator has lost is not written again.
     */
    private void note(String name, Set<String> noted) {
        if (noted.contains(name)) {
            return;
        }
        try {
            tryToNote(name, noted);
        } catch (KubernetesClientException e) {
            assertThat(e.getCode()).as(e.getMessage()).isIn(0, 409);
        }
    }

    private void tryToNote(String name, Set<String> noted) {
        var seen = job(name).get();
        var status = seen.getStatus() == null ? BuildJobStatus.EMPTY : seen.getStatus();
        // The answer to an earlier one may have been lost.
        if (status.condition("Noted").isPresent()) {
            noted.add(name);
            return;
        }
        var conditions = new ArrayList<>(status.conditions());
        conditions.add(new Condition(
                "Noted", Condition.Status.True, 1L, Instant.now().truncatedTo(ChronoUnit.SECONDS), "Noted", "noted"));
        seen.setStatus(status.withConditions(conditions));
        client.resource(seen).updateStatus();
        noted.add(name);
    }

    private Resource<BuildJob> job(String name) {
        return client.resources(BuildJob.class).inNamespace("default").withName(name);
    }

    private static BuildJobStatus phase(Phase phase) {
        return BuildJobStatusBuilder.builder().phase(phase).build();
    }
}
