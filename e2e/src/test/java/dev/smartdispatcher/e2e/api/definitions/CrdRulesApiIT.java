package dev.smartdispatcher.e2e.api.definitions;

import dev.smartdispatcher.e2e.api.ApiTier;
import dev.smartdispatcher.e2e.bounds.BoundTests;
import dev.smartdispatcher.e2e.cel.CelTests;
import dev.smartdispatcher.e2e.raw.RawApi;
import dev.smartdispatcher.e2e.raw.Trials;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Every bound and every rule of the CRDs refuses what breaks it, in its own words, and accepts what just keeps it. */
@ApiTier
class CrdRulesApiIT {
    @TestFactory
    Stream<DynamicNode> bounds(KubernetesClient client) {
        return new BoundTests(Trials.dry(new RawApi(client)), true).broken();
    }

    @TestFactory
    Stream<DynamicNode> edges(KubernetesClient client) {
        return new BoundTests(Trials.dry(new RawApi(client)), true).edges();
    }

    @TestFactory
    Stream<DynamicNode> rules(KubernetesClient client) {
        return new CelTests(Trials.dry(new RawApi(client))).all();
    }
}
