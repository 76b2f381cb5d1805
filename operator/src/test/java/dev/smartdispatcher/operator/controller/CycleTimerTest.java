package dev.smartdispatcher.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.scheduler.cycle.CyclePhase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CycleTimerTest {
    private final AtomicLong now = new AtomicLong(1_000);
    private final CycleTimer timer = new CycleTimer(now::get);

    private void spend(CyclePhase phase, long nanos) {
        now.addAndGet(nanos);
        timer.finished(phase);
    }

    @Test
    void aPhaseThatComesTwiceCountsAsTheSum() {
        spend(CyclePhase.RENEW, 1);
        spend(CyclePhase.RESERVE, 10);
        spend(CyclePhase.PLACE, 100);
        spend(CyclePhase.RESERVE, 20);
        assertThat(timer.nanos())
                .isEqualTo(Map.of(CyclePhase.RENEW, 1L, CyclePhase.RESERVE, 30L, CyclePhase.PLACE, 100L));
    }

    @Test
    void theMetricsHaveEachPhaseAndTheSchedulersPartOfTheCycle() {
        var registry = new SimpleMeterRegistry();
        var metrics = new DispatcherMetrics(registry);
        spend(CyclePhase.SYNC, 1_000);
        spend(CyclePhase.RENEW, 10);
        spend(CyclePhase.EXPLAIN, 20);
        spend(CyclePhase.WRITE, 5_000);
        metrics.cycle(timer.nanos());
        var whole = registry.get("smart_dispatcher.cycle.duration").timer();
        assertThat(whole.totalTime(TimeUnit.NANOSECONDS)).isEqualTo(30);
        assertThat(whole.count()).isOne();
        var phases = registry.get("smart_dispatcher.cycle.phase.duration");
        assertThat(phases.tag("phase", "write").timer().totalTime(TimeUnit.NANOSECONDS))
                .isEqualTo(5_000);
        assertThat(registry.get("smart_dispatcher.cycle.phase.duration")
                        .tag("phase", "place")
                        .timer()
                        .count())
                .isZero();
    }
}
