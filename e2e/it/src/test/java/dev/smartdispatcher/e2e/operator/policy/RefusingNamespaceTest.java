package dev.smartdispatcher.e2e.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A namespace that refuses pods costs the same however many jobs wait there, and nobody else anything. */
class RefusingNamespaceTest {
    private static final String FULL =
            "pods is forbidden: exceeded quota: builds, requested: pods=1, used: pods=0, limited: pods=0";
    private static final int JOBS = 200;

    private final Harness farm = new Harness();
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void open() {
        farm.worker("w", 4);
        farm.withOperator();
    }

    @AfterEach
    void close() {
        farm.close();
    }

    private boolean createsPod(ApiRequest request) {
        boolean creates = request.is(Verb.CREATE, "pods") && "default".equals(request.namespace());
        if (creates) {
            asked.incrementAndGet();
        }
        return creates;
    }

    private long told(Reason reason) {
        return farm.jobs("default").stream()
                .filter(job -> job.getStatus() != null
                        && job.getStatus().waiting() != null
                        && job.getStatus().waiting().reason() == reason)
                .count();
    }

    /** Ten seconds of quiet stand for the minutes that follow: the pauses only grow. */
    @Test
    void theOthersWaitForTheOneThatProbes() {
        farm.cluster().faults().failWhile(this::createsPod, 403, FULL);
        for (int i = 0; i < JOBS; i++) {
            farm.job("j" + i);
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> told(Reason.QuotaExceeded) == JOBS);
        int askedBefore = asked.get();
        int writtenBefore = farm.cluster().writes().doneBy(Harness.OPERATOR).size();
        // A probe is an allocation and its withdrawal, with an Event each.
        await().during(Duration.ofSeconds(10)).atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(asked.get() - askedBefore).isLessThan(10);
            assertThat(farm.cluster().writes().doneBy(Harness.OPERATOR).size() - writtenBefore)
                    .isLessThan(50);
        });
    }

    @Test
    void theyStartWhenTheNamespaceTakesThemAgain() {
        var full = farm.cluster().faults().failWhile(this::createsPod, 403, FULL);
        for (int i = 0; i < 8; i++) {
            farm.job("j" + i);
        }
        await().until(() -> told(Reason.QuotaExceeded) == 8);
        full.run();
        await().until(() -> {
            farm.pods().stream()
                    .filter(p -> p.getSpec().getNodeName() != null
                            && p.getStatus().getContainerStatuses().isEmpty())
                    .forEach(pod -> farm.kubelet().ended(pod, 0));
            return farm.jobs("default").stream().allMatch(job -> job.getStatus().holds(BuildJobStatus.COMPLETE));
        });
    }

    @Test
    void anotherNamespaceHasTheRoom() {
        farm.cluster().faults().failWhile(this::createsPod, 403, FULL);
        for (int i = 0; i < 20; i++) {
            farm.job("j" + i, "priority: 1000");
        }
        await().until(() -> told(Reason.QuotaExceeded) == 20);
        farm.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("other")
                        .endMetadata()
                        .build())
                .create();
        for (int i = 0; i < 4; i++) {
            farm.jobIn("other", "o" + i, "parallelism: {max: 1}");
        }
        await().until(() ->
                farm.client().pods().inNamespace("other").list().getItems().size() == 4);
    }

    /** A webhook that is away answers 500 for each object: their room is free meanwhile, and they are not told of a quota. */
    @Test
    void anObjectThatFailsAgainAndAgainGivesItsRoomBack() {
        farm.cluster()
                .faults()
                .failWhile(
                        r -> r.is(Verb.CREATE, "pods") && r.name().startsWith("bad-"),
                        500,
                        "Internal error occurred: failed calling webhook \"v.example\"");
        farm.job("bad", "priority: 1000", "parallelism: {min: 4, max: 4}");
        farm.until("bad", s -> s.liveAttempt().isPresent());
        farm.job("good", "parallelism: {min: 4, max: 4}");
        var waiting = await().atMost(Duration.ofSeconds(60))
                .until(() -> farm.status("bad").waiting(), w -> w != null && w.reason() == Reason.ApiServerError);
        assertThat(waiting.message()).contains("failed calling webhook");
        farm.kubelet().ended(farm.pod("good", 1), 0);
    }

    @Test
    void anObjectThatIsTooLargeGivesItsRoomBackAtOnceAndHoldsNobody() {
        farm.cluster()
                .faults()
                .failWhile(
                        r -> r.is(Verb.CREATE, "pods") && r.name().startsWith("large-"),
                        500,
                        "etcdserver: request is too large");
        farm.job("large", "priority: 1000", "parallelism: {min: 4, max: 4}");
        var waiting = farm.until(
                        "large", s -> s.waiting() != null && s.waiting().reason() == Reason.ApiServerError)
                .waiting();
        assertThat(waiting.message()).contains("request is too large");
        farm.job("good", "parallelism: {min: 4, max: 4}");
        farm.kubelet().ended(farm.pod("good", 1), 0);
    }
}
