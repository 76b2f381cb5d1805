package dev.smartdispatcher.e2e.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** What happens when. */
class TimetableTest {
    @Test
    void oneSeedGivesOneTimetable() {
        assertThat(Timetable.of(settings(3, 10))).isEqualTo(Timetable.of(settings(3, 10)));
        assertThat(Timetable.of(settings(3, 10))).isNotEqualTo(Timetable.of(settings(4, 10)));
    }

    @Test
    void everythingHappensAndLeadersAreMostlyKilled() {
        for (long seed = 1; seed <= 20; seed++) {
            var timetable = Timetable.of(settings(seed, 60));
            assertThat(EnumSet.copyOf(timetable.leaders()))
                    .as("seed " + seed)
                    .isEqualTo(EnumSet.allOf(LeaderFault.class));
            assertThat(timetable.farm().stream().map(Timetable.FarmStep::fault).distinct())
                    .as("seed " + seed)
                    .hasSize(FarmFault.values().length);
            assertThat(timetable.leaders().stream()
                            .filter(fault -> fault == LeaderFault.KILL)
                            .count())
                    .as("seed " + seed)
                    .isGreaterThan(timetable.leaders().size() / 3L);
            assertThat(timetable.jobs()).as("seed " + seed).hasSize(500).isSorted();
        }
    }

    private static Settings settings(long seed, int minutes) {
        return new Settings(
                500, seed, 100, Duration.ofMinutes(minutes), Duration.ZERO, Path.of("work"), Path.of("history"));
    }
}
