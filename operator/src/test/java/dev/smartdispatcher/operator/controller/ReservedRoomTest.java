package dev.smartdispatcher.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.worker.ReservedFor;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.placement.Reservation;
import dev.smartdispatcher.operator.scheduler.testing.Farm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What workers tell of the room that is reserved on them, and when there is something new to tell. */
class ReservedRoomTest {
    private static final Instant NOW = Farm.NOW;
    private static final Instant LATER = NOW.plus(Duration.ofMinutes(2));

    private final ReservedRoom fresh = new ReservedRoom(worker -> Optional.empty());

    private static Reservation of(String job, String worker, Instant start) {
        var pending = Farm.sized(Farm.job(job), 4, 8);
        return new Reservation(
                pending,
                Farm.worker(worker, Architecture.x86_64, 8, 8),
                pending.envelope().smallest(),
                Optional.ofNullable(start),
                NOW);
    }

    private static ReservedFor told(ReservedRoom reserved, String worker) {
        return reserved.on(worker).orElseThrow();
    }

    @Test
    void itTellsForWhomHowMuchAndWhen() {
        assertThat(fresh.update(List.of(of("big", "w", LATER)), NOW)).containsExactly("w");
        var told = told(fresh, "w");
        assertThat(told.namespace() + "/" + told.name()).isEqualTo("ns/big");
        assertThat(told.cpu()).hasToString("4");
        assertThat(told.memory()).hasToString("4Gi");
        assertThat(told.disk()).hasToString("1Gi");
        assertThat(told.since()).isEqualTo(NOW);
        assertThat(told.estimatedStart()).isEqualTo(LATER);
    }

    @Test
    void aPassThatChangesNothingTellsNothing() {
        fresh.update(List.of(of("big", "w", null)), NOW);
        var told = told(fresh, "w");
        assertThat(fresh.update(List.of(of("big", "w", null)), LATER)).isEmpty();
        assertThat(told(fresh, "w")).isEqualTo(told);
    }

    /** Where a build outlives its estimate, "now" is another time in each cycle. */
    @Test
    void anEstimateThatHasPassedIsNotToldAgainAndAgain() {
        fresh.update(List.of(of("big", "w", NOW)), NOW);
        assertThat(fresh.update(List.of(of("big", "w", LATER)), LATER)).isEmpty();
    }

    @Test
    void anEstimateThatMovesFarIsToldAndTheTimeSinceStays() {
        fresh.update(List.of(of("big", "w", LATER)), NOW);
        var start = NOW.plus(Duration.ofHours(1));
        assertThat(fresh.update(List.of(of("big", "w", start)), NOW.plusSeconds(60)))
                .containsExactly("w");
        assertThat(told(fresh, "w").estimatedStart()).isEqualTo(start);
        assertThat(told(fresh, "w").since()).isEqualTo(NOW);
    }

    @Test
    void roomThatIsKeptForAnotherOrNobodyIsTold() {
        fresh.update(List.of(of("big", "w", null), of("other", "v", null)), NOW);
        assertThat(fresh.update(List.of(of("bigger", "w", null)), LATER)).containsExactlyInAnyOrder("v", "w");
        assertThat(fresh.on("v")).isEmpty();
        assertThat(told(fresh, "w").since()).isEqualTo(LATER);
    }

    /** The operator begins anew: until its first cycle the statuses stand, and after it what is as before is not written again. */
    @Test
    void aRestartChangesNothing() {
        fresh.update(List.of(of("big", "w", LATER)), NOW);
        var published = told(fresh, "w");
        var again = new ReservedRoom(worker -> Optional.of(published).filter(p -> worker.equals("w")));
        assertThat(again.on("w")).contains(published);
        assertThat(again.update(List.of(of("big", "w", LATER)), NOW.plusSeconds(30)))
                .isEmpty();
        assertThat(again.on("w")).contains(published);
    }
}
