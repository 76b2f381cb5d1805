package dev.smartdispatcher.e2e.bounds;

import dev.smartdispatcher.e2e.embedded.ClusterOptions;
import dev.smartdispatcher.e2e.embedded.EmbeddedCluster;
import dev.smartdispatcher.e2e.raw.RawApi;
import dev.smartdispatcher.e2e.raw.Trials;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The embedded API refuses what breaks a bound as a real API server does, word for word; it evaluates no CEL rules. */
class EmbeddedBoundsTest {
    private static EmbeddedCluster cluster;

    @BeforeAll
    static void start() {
        cluster = EmbeddedCluster.start(ClusterOptions.DEFAULT.withoutScheduler());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @TestFactory
    Stream<DynamicNode> bounds() {
        return tests().broken();
    }

    @TestFactory
    Stream<DynamicNode> edges() {
        return tests().edges();
    }

    private static BoundTests tests() {
        return new BoundTests(Trials.real(new RawApi(cluster.client())), false);
    }
}
