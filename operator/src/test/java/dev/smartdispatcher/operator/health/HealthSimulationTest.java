package dev.smartdispatcher.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users are promised of quarantines, on farms that do not know how the book judges. */
class HealthSimulationTest {
    @Test
    void workersThatWorkLoseLessThanAThousandthOfTheirTime() {
        int workers = 200;
        var farm = new SimulatedFarm(1, workers, 4, 2000);
        farm.run(1_000_000);
        assertThat(farm.quarantinedSeconds / (farm.now() * workers)).isLessThan(0.001);
        assertThat(farm.harmed).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void aWorkerThatKillsNearlyAllAtOnceIsFoundAfterFourFailuresAtMost(long seed) {
        var farm = new SimulatedFarm(seed, 200, 4, 2000);
        farm.run(30_000);
        farm.fault = (worker, time) -> worker == 7 ? 0.95 : 0;
        farm.run(45_000);
        assertThat(farm.host(7).killedBeforeQuarantine).isBetween(1, 4);
        assertThat(farm.harmed).isLessThanOrEqualTo(2);
        assertThat(farm.quarantined()).contains("w7");
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25})
    void anOutageEverywhereIsNobodysFault(long seed) {
        var farm = new SimulatedFarm(seed, 200, 4, 2000);
        farm.run(30_000);
        int before = farm.quarantines;
        double begin = farm.now();
        farm.fault = (worker, time) -> time < begin + 1800 ? 0.9 : 0;
        farm.run(60_000);
        assertThat(farm.quarantines).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 12})
    void anOutageOfASmallFarmIsNobodysFaultEither(int workers) {
        int found = 0;
        for (int seed = 0; seed < 20; seed++) {
            var farm = new SimulatedFarm(100 + seed, workers, 4, 50);
            farm.run(2_000);
            int before = farm.quarantines;
            double begin = farm.now();
            farm.fault = (worker, time) -> time < begin + 600 ? 0.9 : 0;
            farm.run(3_000);
            found += farm.quarantines - before;
        }
        assertThat(found).isZero();
    }

    /** Of two workers the first to fail three builds is taken for the cause, and the other one is there. */
    @Test
    void anOutageOfTwoWorkersClosesOneOfThemAtMost() {
        var farm = new SimulatedFarm(100, 2, 4, 50);
        farm.run(2_000);
        double begin = farm.now();
        farm.fault = (worker, time) -> time < begin + 600 ? 0.9 : 0;
        farm.run(3_000);
        assertThat(farm.quarantined()).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void aCommitThatBreaksAHundredJobsQuarantinesNobody(long seed) {
        var farm = new SimulatedFarm(seed, 20, 4, 200);
        farm.run(10_000);
        int before = farm.quarantines;
        farm.breakOne(100);
        farm.run(10_600);
        assertThat(farm.quarantines).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43, 44, 45})
    void aSmallFarmFindsItsWorkerToo(long seed) {
        var farm = new SimulatedFarm(seed, 4, 4, 50);
        farm.run(5_000);
        farm.fault = (worker, time) -> worker == 1 ? 0.95 : 0;
        farm.run(8_000);
        assertThat(farm.host(1).killedBeforeQuarantine).isBetween(1, 4);
        assertThat(farm.harmed).isLessThanOrEqualTo(2);
    }
}
