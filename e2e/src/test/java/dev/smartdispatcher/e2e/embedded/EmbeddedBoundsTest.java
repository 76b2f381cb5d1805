package dev.smartdispatcher.e2e.embedded;

import dev.smartdispatcher.e2e.bounds.BoundTests;
import dev.smartdispatcher.e2e.raw.RawApi;
import dev.smartdispatcher.e2e.raw.Trials;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The embedded API refuses what breaks a bound as a real API server does, word for word; it evaluates no CEL rules. */
class EmbeddedBoundsTest {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension(ClusterOptions.DEFAULT.withoutScheduler());

    @TestFactory
    Stream<DynamicNode> bounds() {
        return tests().broken();
    }

    @TestFactory
    Stream<DynamicNode> edges() {
        return tests().edges();
    }

    private static BoundTests tests() {
        return new BoundTests(Trials.real(new RawApi(CLUSTER.client())), false);
    }
}
