package dev.smartdispatcher.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.agent.ManualClock;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.Isolation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublisherTest {
    private static final Duration INTERVAL = Duration.ofSeconds(20);
    private static final ApiException DOWN = new ApiException("Connection refused", null);

    private final ManualClock clock = new ManualClock();
    private final TestFacts facts = new TestFacts();
    private final FakeWorkerApi api = new FakeWorkerApi();
    private final Pulse pulse = new Pulse(clock);
    private final Publisher publisher = new Publisher(
            "node-7",
            () -> {
                facts.observedTime = clock.instant();
                return facts.get();
            },
            api,
            new BackOff(() -> Long.MIN_VALUE),
            INTERVAL,
            clock,
            pulse);

    @Test
    void createsTheWorkerAndPublishesAtOnce() {
        assertThat(publisher.beat()).isEqualTo(INTERVAL);
        assertThat(api.created).isEqualTo(1);
        assertThat(api.applied).hasSize(1);
        assertThat(pulse.isReady()).isTrue();
    }

    @Test
    void aWorkerThatIsThereIsNotCreated() {
        api.exists = true;
        publisher.beat();
        assertThat(api.created).isZero();
        assertThat(api.applied).hasSize(1);
    }

    @Test
    void withoutAChangeThereIsOneWriteAMinuteWithANewTime() {
        List<Instant> writes = new ArrayList<>();
        for (Instant end = clock.instant().plusSeconds(600); clock.instant().isBefore(end); ) {
            clock.advance(publisher.beat());
        }
        api.applied.forEach(f -> writes.add(f.observedTime()));
        assertThat(writes).doesNotHaveDuplicates().hasSize(10);
        for (int i = 1; i < writes.size(); i++) {
            assertThat(Duration.between(writes.get(i - 1), writes.get(i))).isEqualTo(Duration.ofSeconds(60));
        }
    }

    @Test
    void aClockThatIsWrongIsToldAtTheNextBeat() {
        api.noted = clock.instant().minusSeconds(240);
        clock.advance(publisher.beat());
        assertThat(api.last().clockSkewSeconds()).isNull();
        publisher.beat();
        assertThat(api.applied).hasSize(2);
        assertThat(api.last().clockSkewSeconds()).isEqualTo(240);
        assertThat(pulse.clockSkewSeconds()).isEqualTo(260);
    }

    @Test
    void aClockThatIsRightIsToldWhenFactsAreWrittenAnyhow() {
        api.noted = clock.instant();
        clock.advance(publisher.beat());
        clock.advance(publisher.beat());
        assertThat(api.applied).hasSize(1);
        clock.advance(publisher.beat());
        publisher.beat();
        assertThat(api.last().clockSkewSeconds()).isZero();
    }

    @Test
    void writesAreCounted() {
        api.failNext(DOWN, DOWN);
        publisher.beat();
        publisher.beat();
        publisher.beat();
        assertThat(pulse.notWritten()).isEqualTo(2);
        assertThat(pulse.written()).isEqualTo(1);
    }

    @Test
    void aMaterialChangeIsWrittenAtTheNextBeat() {
        clock.advance(publisher.beat());
        clock.advance(publisher.beat());
        assertThat(api.applied).hasSize(1);
        facts.isolation = List.of(Isolation.Container, Isolation.KVM);
        publisher.beat();
        assertThat(api.applied).hasSize(2);
        assertThat(api.last().isolation()).contains(Isolation.KVM);
    }

    @Test
    void flutterIsComparedWithWhatWasWrittenNotWithTheBeatBefore() {
        publisher.beat();
        facts.freeDisk = 57;
        publisher.beat();
        assertThat(api.applied).hasSize(1);
        facts.freeDisk = 54;
        publisher.beat();
        assertThat(api.applied).hasSize(2);
    }

    @Test
    void failuresBackOffAndTheNewestFactsAreWrittenInTheEnd() {
        api.exists = true;
        api.failNext(DOWN, DOWN, DOWN);
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            facts.freeDisk = 60 + i;
            Duration wait = publisher.beat();
            waits.add(wait);
            clock.advance(wait);
        }
        assertThat(waits)
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), INTERVAL);
        assertThat(api.applied).singleElement().isEqualTo(with(63));
    }

    @Test
    void aFailedWriteIsTriedAgainThoughNothingChangedSince() {
        publisher.beat();
        facts.isolation = List.of();
        api.failNext(DOWN);
        clock.advance(publisher.beat());
        publisher.beat();
        assertThat(api.last().isolation()).isEmpty();
    }

    @Test
    void waitsStartAnewAfterASuccess() {
        api.failNext(DOWN, DOWN);
        publisher.beat();
        publisher.beat();
        publisher.beat();
        clock.advanceSeconds(60);
        api.failNext(DOWN);
        assertThat(publisher.beat()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aDeletedWorkerIsCreatedAgain() {
        publisher.beat();
        api.exists = false;
        clock.advanceSeconds(60);
        publisher.beat();
        assertThat(api.created).isEqualTo(2);
        assertThat(api.applied).hasSize(2);
    }

    @Test
    void aWorkerThatVanishesAgainAtOnceIsAFailure() {
        api.cursed = true;
        assertThat(publisher.beat()).isEqualTo(Duration.ofSeconds(1));
        assertThat(pulse.isReady()).isFalse();
    }

    @Test
    void aMissingKindIsSurvived() {
        api.failNext(ApiException.kindMissing(null), ApiException.kindMissing(null));
        clock.advance(publisher.beat());
        clock.advance(publisher.beat());
        publisher.beat();
        assertThat(api.applied).hasSize(1);
    }

    @Test
    void aClockThatWasSetBackDoesNotSilenceIt() {
        publisher.beat();
        clock.advance(Duration.ofDays(-1));
        assertThat(publisher.beat()).isEqualTo(INTERVAL);
        assertThat(api.applied).hasSize(2);
    }

    @Test
    void isAliveWithoutAnApiServerButNotReady() {
        for (int i = 0; i < 20; i++) {
            api.failNext(DOWN);
            clock.advance(publisher.beat());
        }
        assertThat(pulse.isAlive()).isTrue();
        assertThat(pulse.isReady()).isFalse();
    }

    private AgentFacts with(double freeDisk) {
        TestFacts expected = new TestFacts();
        expected.freeDisk = freeDisk;
        expected.observedTime = api.last().observedTime();
        return expected.get();
    }
}
