package dev.smartdispatcher.e2e.operator.writes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.embedded.ClusterOptions;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.embedded.server.Faults.Late;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.LeapingClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The request that creates an attempt's pod is held up on its way, and what follows it is refused: until it can come no more, by
 * the API server's clock, the attempt is not taken back.
 */
class LateCreationTest {
    private static final String FULL =
            "pods is forbidden: exceeded quota: builds, requested: pods=1, used: pods=0, limited: pods=0";
    private static final Duration WINDOW = Duration.ofSeconds(15);
    /** The operator counts on by itself for up to ten seconds, while the server's clock stands still. */
    private static final Duration PAST = Duration.ofSeconds(15 + 10 + 3);

    private final LeapingClock server = new LeapingClock();
    private final Harness farm = new Harness(ClusterOptions.DEFAULT.withClock(server));
    private final AtomicInteger refused = new AtomicInteger();
    private Runnable quota;

    @BeforeEach
    void open() {
        farm.worker("w", 1);
        farm.withOperator();
    }

    @AfterEach
    void close() {
        farm.close();
    }

    /** Holds up the first creation of the job's pod, and has the next ones refused for a quota. */
    private Late held(int told) {
        var late = farm.faults().delayNext(LateCreationTest::creates, told);
        farm.job("j");
        await().until(late::isHeld);
        quota = farm.faults().failWhile(this::isRefused, 403, FULL);
        await().until(() -> refused.get() > 0);
        return late;
    }

    private boolean isRefused(ApiRequest request) {
        if (creates(request)) {
            refused.incrementAndGet();
        }
        return creates(request);
    }

    private static boolean creates(ApiRequest request) {
        // Not those that bind them.
        return request.is(Verb.CREATE, "pods") && request.subresource().isEmpty();
    }

    private void assertHeld() {
        await().during(Duration.ofSeconds(2)).until(() -> farm.status("j").allocation() != null);
        assertThat(refused.get()).as("nothing more is asked for").isEqualTo(1);
    }

    @Test
    void aPodSaysUntilWhenItIsToBeCreated() {
        farm.job("j");
        var meta = farm.pod("j", 1).getMetadata();
        assertThat(Instant.parse(meta.getAnnotations().get(Annotations.CREATE_BEFORE)))
                .isBetween(
                        server.instant().plus(WINDOW).truncatedTo(ChronoUnit.SECONDS),
                        server.instant().plus(PAST));
    }

    /** @param told to the client that does not know what becomes of its request */
    @ParameterizedTest
    @ValueSource(ints = {500, 504})
    void aPodThatComesInTimeIsTheAttempts(int told) {
        var late = held(told);
        assertHeld();
        server.leap(WINDOW);
        assertThat(late.arrive().code()).isEqualTo(201);
        farm.kubelet().ended(farm.pod("j", 1), 0);
        assertThat(farm.until("j", BuildJobStatus::finished).attempts()).hasSize(1);
        assertThat(farm.pods()).hasSize(1);
    }

    @Test
    void anAttemptWhosePodCannotComeAnyMoreIsTakenBack() {
        var late = held(504);
        assertHeld();
        server.leap(PAST);
        farm.wake();
        var status = farm.until("j", s -> s.attempts().isEmpty() && s.waiting() != null);
        assertThat(status.waiting().reason()).isEqualTo(Reason.QuotaExceeded);
        var answer = late.arrive();
        assertThat(answer.code()).isEqualTo(403);
        assertThat(answer.body().path("message").asText()).contains("too late", Annotations.CREATE_BEFORE);
        assertThat(farm.pods()).isEmpty();
        quota.run();
        farm.kubelet().ended(farm.pod("j", 1), 0);
        assertThat(farm.until("j", BuildJobStatus::finished).attempts()).hasSize(1);
    }

    /** It does not know what the one before it has asked for. */
    @Test
    void aNewLeaderAwaitsWhatAnEarlierOneMayHaveAskedFor() {
        var late = farm.faults().delayNext(LateCreationTest::creates, 504);
        farm.job("j");
        await().until(late::isHeld);
        quota = farm.faults().failWhile(this::isRefused, 403, FULL);
        farm.operatorEnds();
        refused.set(0);
        farm.withOperator();
        await().until(() -> refused.get() > 0);
        assertHeld();
        assertThat(late.arrive().code()).isEqualTo(201);
        farm.kubelet().ended(farm.pod("j", 1), 0);
        assertThat(farm.until("j", BuildJobStatus::finished).attempts()).hasSize(1);
    }

    /** Its room is not given away, either. */
    @Test
    void theAttemptOfAJobThatIsBeingDeletedIsNotOverBefore() {
        held(504);
        var job = farm.client().resources(BuildJob.class).inNamespace("default").withName("j");
        job.edit(j -> {
            j.getMetadata().getFinalizers().add("example.com/kept");
            return j;
        });
        job.delete();
        assertHeld();
        server.leap(PAST);
        farm.wake();
        farm.until("j", s -> s.liveAttempt().isEmpty());
        job.edit(j -> {
            j.getMetadata().getFinalizers().clear();
            return j;
        });
    }

    /** The operator itself was stopped between asking for the time and asking for the pod: it asks again. */
    @Test
    void aPodThatItAsksForTooLateIsAskedForAgain() {
        var late = new AtomicInteger();
        farm.faults()
                .failNext(
                        request -> {
                            // Before the request is looked at.
                            if (creates(request) && late.incrementAndGet() == 1) {
                                server.leap(PAST);
                            }
                            return false;
                        },
                        500);
        farm.job("j");
        farm.kubelet().ended(farm.pod("j", 1), 0);
        var status = farm.until("j", BuildJobStatus::finished);
        assertThat(status.attempts()).hasSize(1);
        assertThat(late.get()).isEqualTo(2);
    }
}
