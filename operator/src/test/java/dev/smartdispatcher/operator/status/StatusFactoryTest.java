package dev.smartdispatcher.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.Reason;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusFactoryTest {
    private static final Instant FIRST = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LATER = FIRST.plusSeconds(60);

    private static StatusFactory at(Instant time) {
        return new StatusFactory(Clock.fixed(time.plusMillis(123), ZoneOffset.UTC));
    }

    @Test
    void aNewConditionIsOfNowInWholeSeconds() {
        assertThat(at(FIRST).with(List.of(), "Ready", true, Reason.Accepted, "fine", 3))
                .containsExactly(new Condition("Ready", Condition.Status.True, 3L, FIRST, "Accepted", "fine"));
    }

    @Test
    void theTransitionTimeMovesOnlyWithTheStatus() {
        var before = at(FIRST).with(List.of(), "Ready", true, Reason.Accepted, "fine", 1);
        var same = at(LATER).with(before, "Ready", true, Reason.Started, "still fine", 2);
        assertThat(same.get(0).lastTransitionTime()).isEqualTo(FIRST);
        var changed = at(LATER).with(before, "Ready", false, Reason.Silent, "not fine", 2);
        assertThat(changed.get(0).lastTransitionTime()).isEqualTo(LATER);
    }

    @Test
    void conditionsKeepTheirPlace() {
        var two = at(FIRST)
                .with(at(FIRST).with(List.of(), "A", true, Reason.Accepted, "", 1), "B", true, Reason.Accepted, "", 1);
        assertThat(at(LATER).with(two, "A", false, Reason.Silent, "", 1))
                .extracting(Condition::type)
                .containsExactly("A", "B");
    }
}
