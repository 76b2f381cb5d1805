package dev.smartdispatcher.e2e.process;

import dev.smartdispatcher.operator.app.OperatorOptions;
import dev.smartdispatcher.operator.app.SmartDispatcher;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;

/** The operator in this process, without an election, and quicker to decide than it is by default. */
public final class OperatorRun {
    private static final OperatorOptions OPTIONS =
            new OperatorOptions(OperatorOptions.STANDARD.leader(), "default", Duration.ofMillis(20), 4, 4);

    private OperatorRun() {}

    /** Returns when its caches are whole. To be closed by the caller. */
    public static SmartDispatcher start(KubernetesClient client) {
        return start(client, Clock.systemUTC());
    }

    /** The same, by this clock. */
    public static SmartDispatcher start(KubernetesClient client, Clock clock) {
        return start(client, clock, new SimpleMeterRegistry());
    }

    /** The same, with its metrics. */
    public static SmartDispatcher start(KubernetesClient client, Clock clock, MeterRegistry metrics) {
        var operator = new SmartDispatcher(client, OPTIONS, clock, metrics);
        operator.start();
        return operator;
    }
}
