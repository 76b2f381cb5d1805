package dev.smartdispatcher.e2e.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.e2e.embedded.ClusterOptions;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.embedded.server.Faults.Late;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.LeapingClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests for pods of checks that a deposed leader sent, and that reach the API server when another one has run the check. */
class LateCheckPodTest {
    private static final String PASSES = "smart-dispatcher-check: exited 0\\ncount=8\\n";
    /** The time that such a request has, and what the server's clock may differ by. */
    private static final Duration PAST = Duration.ofSeconds(15 + 10 + 3);

    private final LeapingClock server = new LeapingClock();
    private final Harness farm = new Harness(ClusterOptions.DEFAULT.withClock(server));
    private final CheckedWorker loop = new CheckedWorker(farm);

    @AfterEach
    void close() {
        farm.close();
    }

    private static boolean creates(ApiRequest request) {
        return request.is(Verb.CREATE, "pods") && request.subresource().isEmpty();
    }

    /** The next leader has the check's first result; the request of the one before it is still on its way. */
    private Late runBesideALateRequest() {
        var late = farm.faults().delayNext(LateCheckPodTest::creates, 504);
        loop.start("");
        await().atMost(CheckedWorker.PATIENCE).until(late::isHeld);
        farm.operatorEnds();
        farm.withOperator();
        loop.end(loop.pod(1), 0, PASSES);
        assertThat(loop.result(r -> Boolean.TRUE.equals(r.passed())).lastRound())
                .isEqualTo(1);
        await().atMost(CheckedWorker.PATIENCE).until(() -> loop.pods().isEmpty());
        return late;
    }

    @Test
    void oneThatComesTooLateIsRefused() {
        var late = runBesideALateRequest();
        server.leap(PAST);
        var answer = late.arrive();
        assertThat(answer.code()).isEqualTo(403);
        assertThat(answer.body().path("message").asText()).contains("too late", Annotations.CREATE_BEFORE);
        assertThat(loop.pods()).isEmpty();
    }

    /** Its name tells its round, of which there is a result. */
    @Test
    void oneThatComesInTimeIsDeletedAndItsRunDoesNotCount() {
        var late = runBesideALateRequest();
        var result = loop.result(r -> true);
        assertThat(late.arrive().code()).isEqualTo(201);
        await().atMost(CheckedWorker.PATIENCE).until(() -> loop.pods().stream()
                .allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null));
        assertThat(loop.result(r -> true)).isEqualTo(result);
    }
}
