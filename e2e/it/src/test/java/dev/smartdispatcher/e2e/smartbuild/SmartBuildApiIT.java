package dev.smartdispatcher.e2e.smartbuild;

import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a real API server. */
@ApiTier
class SmartBuildApiIT {
    @Nested
    class Queue extends QueueTest {
        Queue(Harness farm, @TempDir Path directory) {
            super(farm, directory);
        }
    }

    @Nested
    class Submit extends SubmitTest {
        Submit(Harness farm, @TempDir Path directory) {
            super(farm, directory);
        }
    }
}
