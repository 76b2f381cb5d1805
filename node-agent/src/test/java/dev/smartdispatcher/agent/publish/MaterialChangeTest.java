package dev.smartdispatcher.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.AgentFactsBuilder;
import dev.smartdispatcher.api.worker.facts.Isolation;
import dev.smartdispatcher.api.worker.facts.LoadFacts.Pressure;
import dev.smartdispatcher.api.worker.facts.Problem;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MaterialChangeTest {
    @Test
    void timeAloneIsNone() {
        assertThat(change(f -> f.observedTime = Instant.EPOCH)).isFalse();
    }

    @Test
    void whatDoesNotFlutterIsAlwaysOne() {
        assertThat(change(f -> f.isolation = List.of(Isolation.Container, Isolation.KVM)))
                .isTrue();
        assertThat(change(f -> f.problems.add(new Problem("kvm", "Busy.")))).isTrue();
    }

    @Test
    void theClocksSkewFromFiveSeconds() {
        assertThat(change(f -> f.clockSkewSeconds = -4L)).isFalse();
        assertThat(change(f -> f.clockSkewSeconds = -5L)).isTrue();
        assertThat(change(f -> f.clockSkewSeconds = 0L)).isFalse();
    }

    @Test
    void diskFromFivePercentOfItsCapacity() {
        assertThat(change(f -> f.freeDisk = 55.1)).isFalse();
        assertThat(change(f -> f.freeDisk = 55)).isTrue();
        assertThat(change(f -> f.freeDisk = 65)).isTrue();
        assertThat(change(f -> f.recommendedDisk = 45.1)).isFalse();
        assertThat(change(f -> f.recommendedDisk = 45)).isTrue();
    }

    @Test
    void inodesFromATenthOfWhatThereWere() {
        assertThat(change(f -> f.freeInodes = 900_001L)).isFalse();
        assertThat(change(f -> f.freeInodes = 900_000L)).isTrue();
        assertThat(change(f -> f.freeInodes = null)).isTrue();
    }

    @Test
    void cpuFromAQuarterOfTheMachine() {
        assertThat(change(f -> f.cpuMillis = 2999L)).isFalse();
        assertThat(change(f -> f.cpuMillis = 3000L)).isTrue();
        assertThat(change(f -> f.cpuMillis = null)).isFalse();
    }

    @Test
    void availableMemoryFromFivePercentOfTheTotal() {
        assertThat(change(f -> f.memoryAvailable = 45)).isFalse();
        assertThat(change(f -> f.memoryAvailable = 44.8)).isTrue();
    }

    @Test
    void pressureFromTwentyFivePoints() {
        assertThat(change(f -> f.pressure = new Pressure(29, 24, 34))).isFalse();
        assertThat(change(f -> f.pressure = new Pressure(30, 0, 10))).isTrue();
        assertThat(change(f -> f.pressure = new Pressure(5, 25, 10))).isTrue();
        assertThat(change(f -> f.pressure = new Pressure(5, 0, 35))).isTrue();
        assertThat(change(f -> f.pressure = null)).isFalse();
    }

    @Test
    void factsThatProbesLeftOut() {
        AgentFacts bare = AgentFactsBuilder.builder().build();
        assertThat(MaterialChange.between(bare, bare)).isFalse();
        assertThat(MaterialChange.between(bare, new TestFacts().get())).isTrue();
        assertThat(MaterialChange.between(new TestFacts().get(), bare)).isTrue();
    }

    private static boolean change(Consumer<TestFacts> change) {
        TestFacts changed = new TestFacts();
        change.accept(changed);
        return MaterialChange.between(new TestFacts().get(), changed.get());
    }
}
