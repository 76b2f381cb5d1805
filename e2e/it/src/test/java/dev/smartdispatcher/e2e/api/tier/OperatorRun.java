package dev.smartdispatcher.e2e.api.tier;

import dev.smartdispatcher.operator.app.OperatorOptions;
import dev.smartdispatcher.operator.app.SmartDispatcher;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;

/** The operator in this process, without an election. */
public final class OperatorRun {
    private OperatorRun() {}

    /** Returns when its caches are whole. To be closed by the caller. */
    public static SmartDispatcher start(KubernetesClient client) {
        var operator = new SmartDispatcher(
                client,
                new OperatorOptions(OperatorOptions.STANDARD.leader(), Duration.ofMillis(20), 4, 4),
                Clock.systemUTC(),
                new SimpleMeterRegistry());
        operator.start();
        return operator;
    }
}
