package dev.smartdispatcher.e2e.bench.simulate;

import static dev.smartdispatcher.e2e.bench.simulate.SmallFarms.GI;
import static dev.smartdispatcher.e2e.bench.simulate.SmallFarms.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartdispatcher.e2e.bench.simulate.engine.Attempt;
import dev.smartdispatcher.e2e.bench.simulate.engine.Engine;
import dev.smartdispatcher.e2e.bench.simulate.engine.Farm;
import dev.smartdispatcher.e2e.bench.simulate.engine.Request;
import dev.smartdispatcher.e2e.bench.simulate.engine.Rule;
import dev.smartdispatcher.e2e.bench.simulate.engine.Run;
import dev.smartdispatcher.e2e.bench.simulate.engine.Start;
import dev.smartdispatcher.e2e.bench.simulate.rules.FifoRule;
import dev.smartdispatcher.e2e.bench.simulate.rules.ObsRule;
import dev.smartdispatcher.e2e.bench.simulate.rules.OursRule;
import dev.smartdispatcher.e2e.bench.simulate.rules.SlotsRule;
import dev.smartdispatcher.e2e.bench.simulate.trace.Memory;
import dev.smartdispatcher.e2e.bench.simulate.trace.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EngineTest {
    @Test
    void anAttemptTakesItsStartAndItsWork() {
        var run = run(SmallFarms.of(List.of(job(0, 0, 10, 400, 1)), 4), FifoRule::new);
        // 5 s and 400 core-seconds with 4 processes
        assertThat(run.attempts()).singleElement().satisfies(a -> {
            assertThat(a.begin()).isEqualTo(10);
            assertThat(a.end()).isEqualTo(115);
        });
    }

    @Test
    void slotsHaveOneProcessAndOrderOfArrival() {
        var jobs = List.of(job(0, 0, 0, 100, 1), job(1, 0, 0, 100, 1), job(2, 0, 0, 100, 1));
        var run = run(SmallFarms.of(jobs, 2), SlotsRule::new);
        assertThat(run.attempts()).extracting(Attempt::end).containsExactly(105.0, 105.0, 210.0);
    }

    @Test
    void obsServesTheTenantWithTheLowestLoad() {
        var jobs = List.of(job(0, 0, 0, 100, 1), job(1, 0, 0, 100, 1), job(2, 0, 0, 100, 1), job(3, 1, 0, 100, 1));
        var run = run(SmallFarms.of(jobs, 2), ObsRule::instanceEachCore);
        assertThat(run.attempts().subList(0, 2))
                .extracting(a -> a.start().request().index())
                .containsExactly(0, 3);
    }

    @Test
    void tooLittleMemoryKillsAndTheNextAttemptHasTwiceAsMuch() {
        var real = new Memory(3.0 * GI, 1);
        var jobs = List.of(job(0, 0, 0, 100, real, Optional.empty()));
        // A slot has 2 GiB; twice that is a whole host.
        var run = run(SmallFarms.of(jobs, 2), SlotsRule::new);
        assertThat(run.attempts()).extracting(Attempt::killed).containsExactly(true, false);
        assertThat(run.attempts().get(0).seconds()).isLessThan(105);
        assertThat(run.attempts().get(1).start().memory()).isEqualTo(4 * GI);
    }

    @Test
    void aJobThatNoHostHoldsIsLeftOut() {
        var run = run(SmallFarms.of(List.of(job(0, 0, 0, 100, 9), job(1, 0, 0, 100, 1)), 4), FifoRule::new);
        assertThat(run.leftOut()).extracting(j -> j.index()).containsExactly(0);
        assertThat(run.attempts()).hasSize(1);
    }

    @Test
    void ourDispatcherGivesALoneJobTheWholeHostAndManyTheirPart() {
        var lone = run(SmallFarms.of(List.of(job(0, 0, 0, 1600, 1)), 16), OursRule::new);
        assertThat(lone.attempts().get(0).start().processes()).isEqualTo(16);
        var jobs = new ArrayList<>(List.of(job(0, 0, 0, 1600, 1)));
        for (int i = 1; i < 16; i++) {
            jobs.add(job(i, i, 0, 1600, 1));
        }
        var many = run(SmallFarms.of(jobs, 16), OursRule::new);
        assertThat(many.attempts()).allMatch(a -> a.begin() == 0 && a.start().processes() == 1);
    }

    @Test
    void aRuleThatOvercommitsIsFoundOut() {
        var farm = SmallFarms.of(List.of(job(0, 0, 0, 100, 1)), 4);
        assertThatThrownBy(() -> run(farm, f -> new Fixed(f, 5))).hasMessageContaining("no room");
    }

    @Test
    void aRuleThatStartsNothingIsFoundOut() {
        var farm = SmallFarms.of(List.of(job(0, 0, 0, 100, 1)), 4);
        assertThatThrownBy(() -> run(farm, f -> new Fixed(f, 0))).hasMessageContaining("wait for nothing");
    }

    private static Run run(Farm farm, Function<Farm, Rule> rule) {
        return Engine.run(farm, rule.apply(farm), new Streams(1));
    }

    /** Starts everything on the first host with a fixed N. */
    private static final class Fixed implements Rule {
        private final Farm farm;
        private final int processes;
        private final List<Request> waiting = new ArrayList<>();

        private Fixed(Farm farm, int processes) {
            this.farm = farm;
            this.processes = processes;
        }

        @Override
        public void arrived(Request request) {
            waiting.add(request);
        }

        @Override
        public void ended(Attempt attempt) {}

        @Override
        public List<Start> decide(double now) {
            return processes == 0
                    ? List.of()
                    : waiting.stream()
                            .map(r -> new Start(r, farm.hosts().get(0), processes, GI, GI))
                            .toList();
        }
    }
}
