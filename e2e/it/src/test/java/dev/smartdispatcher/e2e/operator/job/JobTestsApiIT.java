package dev.smartdispatcher.e2e.operator.job;

import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import org.junit.jupiter.api.Nested;

/** Tests of jobs that the embedded API passes, on a real API server. */
@ApiTier
class JobTestsApiIT {
    @Nested
    class JobLife extends JobLifeTest {
        JobLife(Harness farm) {
            super(farm);
        }
    }

    @Nested
    class RetryElsewhere extends RetryElsewhereTest {
        RetryElsewhere(Harness farm) {
            super(farm);
        }
    }

    @Nested
    class Deadline extends DeadlineTest {
        Deadline(Harness farm) {
            super(farm);
        }
    }

    @Nested
    class Stop extends StopTest {
        Stop(Harness farm) {
            super(farm);
        }
    }

    @Nested
    class Profile extends ProfileTest {
        Profile(Harness farm) {
            super(farm);
        }
    }

    @Nested
    class LargeJob extends LargeJobTest {
        LargeJob(Harness farm) {
            super(farm);
        }
    }

    @Nested
    class EditedEnvironment extends EditedEnvironmentTest {
        EditedEnvironment(Harness farm) {
            super(farm);
        }
    }
}
