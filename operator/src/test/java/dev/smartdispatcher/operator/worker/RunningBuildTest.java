package dev.smartdispatcher.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.worker.RunningBuild.Span;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunningBuildTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static RunningBuild until(String job, int from, int to) {
        return new RunningBuild(
                job,
                Optional.of(new Span(NOON.plusSeconds(from), NOON.plusSeconds(to))),
                Optional.of(NOON.plusSeconds(86_400)));
    }

    @Test
    void theBuildThatLastsLongestIsNamedFirst() {
        assertThat(RunningBuild.sentence(List.of(until("a/short", 300, 600), until("a/long", 1800, 3599)), 2))
                .isEqualTo(
                        "2 builds still run: a/long likely until 2026-01-01T12:30:00Z to 2026-01-01T13:00:00Z, at the"
                                + " latest until 2026-01-02T12:00:00Z; a/short likely until 2026-01-01T12:05:00Z to"
                                + " 2026-01-01T12:10:00Z, at the latest until 2026-01-02T12:00:00Z");
    }

    @Test
    void whatIsNotKnownIsSaidSo() {
        var starting = new RunningBuild("a/new", Optional.empty(), Optional.empty());
        assertThat(RunningBuild.sentence(List.of(starting), 2))
                .isEqualTo("2 builds still run: a/new, which has not started; and 1 more");
        assertThat(RunningBuild.sentence(List.of(), 1)).isEqualTo("1 build still runs");
    }
}
