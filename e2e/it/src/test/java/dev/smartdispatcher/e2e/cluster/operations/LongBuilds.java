package dev.smartdispatcher.e2e.cluster.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import java.util.stream.IntStream;

/** Builds that run while something is restarted or replaced, and are to end as if nothing had been. */
final class LongBuilds {
    private static final int BUILDS = 6;

    private LongBuilds() {}

    /** Submits some, and waits until they run. */
    static void submitAll(BuildFarm farm) {
        submitAll(farm, "round");
    }

    /** The same, with names that begin so. */
    static void submitAll(BuildFarm farm, String name) {
        IntStream.range(0, BUILDS).forEach(i -> submit(farm, name + "-" + i));
        // What has not started yet may be started again, which is another attempt.
        farm.kubectl().ok("wait", "--for=condition=Running", "bj", "--all", BuildFarm.patience());
    }

    static void submit(BuildFarm farm, String name) {
        farm.submit(name, BuildFarm.UNTIL_RELEASED, "priority: 1");
    }

    /** What was running goes on to its end, and so does what came meanwhile. */
    static void assertEachBuiltOnce(BuildFarm farm) {
        farm.names().forEach(job -> {
            farm.await(job, "Running");
            farm.release(job);
        });
        farm.kubectl().ok("wait", "--for=condition=Complete", "bj", "--all", BuildFarm.patience());
        farm.names().forEach(job -> assertThat(farm.status(job).attempts())
                .as(job)
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.outcome()).isEqualTo(Reason.Succeeded)));
        assertThat(farm.podsSeen()).hasSameSizeAs(farm.names());
    }
}
