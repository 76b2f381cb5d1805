package dev.smartdispatcher.operator.scheduler.cycle;

import static dev.smartdispatcher.operator.scheduler.testing.Farm.NOW;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.building;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.job;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.sized;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.with;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import dev.smartdispatcher.operator.scheduler.plain.Plan;
import dev.smartdispatcher.operator.scheduler.plain.Snapshot;
import dev.smartdispatcher.operator.scheduler.testing.Farm;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which mode a job is built, and where, by the time that it takes: speed, the mode's penalty, and what others wait for. */
class ModeChoiceTest {
    private static final Architecture TARGET = Architecture.armv7l;

    private static Worker board(int speed) {
        return fast(worker("board", TARGET, 4, 8), speed);
    }

    private static Worker server(int speed) {
        return fast(worker("server", Architecture.x86_64, 4, 8), speed);
    }

    private static Worker fast(Worker worker, int speed) {
        return worker.withMeasuredSpeed(OptionalInt.of(speed));
    }

    private static PendingJob arm(Mode... modes) {
        var requirements = Requirements.of(TARGET)
                .withCrossHosts(Set.of(Architecture.x86_64))
                .withModes(Set.of(modes));
        return with(sized(job("arm"), 1, 4), requirements);
    }

    /** What the scheduler decides, which is what the plain pass decides. */
    private static Plan run(Snapshot snapshot) {
        var twin = new Twin(snapshot);
        var plan = twin.cycle();
        assertThat(plan.placements()).isEqualTo(twin.plain().placements());
        return plan;
    }

    private static Mode mode(Farm farm) {
        return Farm.placement(run(farm.snapshot()), "arm").mode();
    }

    @ParameterizedTest
    @CsvSource({
        // The board takes 100/speed, the server 110/speed in mode Cross; within a tenth both count as equal.
        "100, 100, Native",
        "100, 200, Cross",
        "50, 100, Cross",
        "200, 100, Native",
        "300, 100, Native",
    })
    void theSpeedAndTheModesPenaltyDecideTogether(int board, int server, Mode mode) {
        assertThat(mode(new Farm().add(board(board)).add(server(server)).add(arm())))
                .isEqualTo(mode);
    }

    @ParameterizedTest
    @CsvSource({"100, 100, Native", "100, 700, Native", "100, 1200, Emulated"})
    void emulationWinsOnlyOnAMachineThatIsAsMuchFaster(int board, int server, Mode mode) {
        var emulating = building(server(server), TARGET, Mode.Emulated);
        var farm = new Farm().add(board(board)).add(emulating).add(with(arm(), Requirements.of(TARGET)));
        assertThat(mode(farm)).isEqualTo(mode);
    }

    @Test
    void ofOneWorkersModesTheOneWithTheLeastPenaltyCounts() {
        var both = building(server(100), TARGET, Mode.Emulated);
        assertThat(mode(new Farm().add(both).add(arm()))).isEqualTo(Mode.Cross);
        assertThat(mode(new Farm().add(both).add(arm(Mode.Emulated)))).isEqualTo(Mode.Emulated);
    }

    @Test
    void theDeclaredPenaltyCounts() {
        var both = building(server(100), TARGET, Mode.Emulated);
        var farm = new Farm().add(both).add(arm()).snapshot();
        var cheapEmulation = new ModePenalty(100, 100, 110, 105);
        var plan = run(new Snapshot(NOW, farm.workers(), Map.of(), farm.claims(), farm.pending(), cheapEmulation));
        assertThat(Farm.placement(plan, "arm").mode()).isEqualTo(Mode.Emulated);
    }

    @Test
    void aJobTakesASlowerModeWhileTheFasterWorkerIsFull() {
        var farm = new Farm()
                .add(board(100))
                .add(building(server(100), TARGET, Mode.Emulated))
                .running("board", 4, Optional.of(NOW.plusSeconds(3600)))
                .add(with(arm(), Requirements.of(TARGET)));
        assertThat(mode(farm)).isEqualTo(Mode.Emulated);
    }

    @Test
    void aJobThatExcludesTheSlowModeWaitsForTheFasterWorker() {
        var farm = new Farm()
                .add(board(100))
                .add(building(server(100), TARGET, Mode.Emulated))
                .running("board", 4, Optional.of(NOW.plusSeconds(3600)))
                .add(arm(Mode.Native, Mode.Compat));
        assertThat(Farm.waiting(run(farm.snapshot()), "arm").explanation().reason())
                .isEqualTo(Reason.NoRoom);
    }

    @Test
    void manyJobsUseEveryMode() {
        var farm = new Farm().add(board(100)).add(building(server(100), TARGET, Mode.Emulated));
        for (int i = 0; i < 8; i++) {
            farm.add(with(sized(job("arm-" + i), 1, 1), Requirements.of(TARGET)));
        }
        var plan = run(farm.snapshot());
        assertThat(plan.placements()).hasSize(8);
        assertThat(plan.placements().stream().collect(Collectors.groupingBy(Placement::mode, Collectors.counting())))
                .isEqualTo(Map.of(Mode.Native, 4L, Mode.Emulated, 4L));
    }
}
