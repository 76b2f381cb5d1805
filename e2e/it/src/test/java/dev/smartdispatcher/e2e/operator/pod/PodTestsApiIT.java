package dev.smartdispatcher.e2e.operator.pod;

import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import org.junit.jupiter.api.Nested;

/** Tests of pods that the embedded API passes, on a real API server. */
@ApiTier
class PodTestsApiIT {
    @Nested
    class Sidecar extends SidecarTest {
        Sidecar(Harness farm) {
            super(farm);
        }
    }

    @Nested
    class Start extends StartTest {
        Start(Harness farm) {
            super(farm);
        }
    }

    @Nested
    class NameConflict extends NameConflictTest {
        NameConflict(Harness farm) {
            super(farm);
        }
    }

    @Nested
    class ForbiddenPod extends ForbiddenPodTest {
        ForbiddenPod(Harness farm) {
            super(farm);
        }
    }
}
