package dev.smartdispatcher.e2e.operator.worker;

import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import org.junit.jupiter.api.Nested;

/** Tests of workers that the embedded API passes, on a real API server. */
@ApiTier
class WorkerTestsApiIT {
    @Nested
    class Drain extends DrainTest {
        Drain(Harness farm) {
            super(farm);
        }
    }

    @Nested
    class DiskFree extends DiskFreeTest {
        DiskFree(Harness farm) {
            super(farm);
        }
    }

    @Nested
    class OtherPods extends OtherPodsTest {
        OtherPods(Harness farm) {
            super(farm);
        }
    }

    @Nested
    class WorkerChecks extends WorkerCheckTest {
        WorkerChecks(Harness farm) {
            super(farm);
        }
    }

    @Nested
    class Quarantine extends QuarantineTest {
        Quarantine(Harness farm) {
            super(farm);
        }
    }

    @Nested
    class AgentClock extends AgentClockTest {
        AgentClock(Harness farm) {
            super(farm);
        }
    }
}
