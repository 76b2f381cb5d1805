package dev.smartdispatcher.e2e.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import dev.smartdispatcher.e2e.operator.harness.LeapingClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An API server that has just started says of everybody, for a moment, that he may do nothing. */
@ExtendWith(HarnessExtension.class)
class ForbiddenPodTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGER_THAN_A_START = Duration.ofSeconds(20);
    private static final String FORBIDDEN =
            "pods \"late-1\" is forbidden: User \"operator\" cannot create resource \"pods\" in API group \"\"";

    private final Harness farm;
    private final LeapingClock clock = new LeapingClock();
    private final AtomicInteger asked = new AtomicInteger();
    private Runnable away;

    ForbiddenPodTest(Harness farm) {
        this.farm = farm;
    }

    /** An attempt that is recorded, and whose pod could not be created for as long as the API server was away. */
    @BeforeEach
    void open() {
        farm.worker("w", 1);
        farm.operatorAt(clock);
        away = farm.faults().failWhile(this::createsPod, 503);
        farm.job("late");
        farm.until("late", s -> s.liveAttempt().isPresent());
        clock.leap(LONGER_THAN_A_START);
    }

    @Test
    void anAttemptIsNotTakenBackForTheFirstAnswerAfterALongAbsence() {
        var starting = farm.faults().failWhile(this::createsPod, 403, FORBIDDEN);
        away.run();
        awaitAskedAgain();
        starting.run();
        farm.pod("late", 1);
        assertThat(farm.status("late").condition(BuildJobStatus.DISPATCHED))
                .hasValueSatisfying(c -> assertThat(c.holds()).isTrue());
        assertThat(farm.client()
                        .v1()
                        .events()
                        .inNamespace(farm.namespace())
                        .list()
                        .getItems())
                .noneMatch(event -> event.getReason().equals(Reason.NotAuthorized.name()));
    }

    @Test
    void anAttemptIsTakenBackWhenTheRightStaysAway() {
        farm.faults().failWhile(this::createsPod, 403, FORBIDDEN);
        away.run();
        awaitAskedAgain();
        clock.leap(LONGER_THAN_A_START);
        var waiting = farm.until("late", s -> s.waiting() != null).waiting();
        assertThat(waiting.reason()).isEqualTo(Reason.NotAuthorized);
        assertThat(waiting.message()).contains("cannot create resource");
    }

    private void awaitAskedAgain() {
        int before = asked.get();
        // The first of them may have been on its way before.
        await().atMost(PATIENCE).until(() -> asked.get() >= before + 3);
    }

    private boolean createsPod(ApiRequest request) {
        var creates = request.is(Verb.CREATE, "pods");
        if (creates) {
            asked.incrementAndGet();
        }
        return creates;
    }
}
