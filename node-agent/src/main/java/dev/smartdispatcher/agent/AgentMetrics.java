package dev.smartdispatcher.agent;

import dev.smartdispatcher.agent.publish.Pulse;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The metrics of the agent itself; docs/metrics.md lists it. What it finds out of its node is in the BuildWorker. */
final class AgentMetrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    AgentMetrics(Pulse pulse) {
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        FunctionCounter.builder("smart_dispatcher.agent.writes", pulse, Pulse::written)
                .tag("result", "written")
                .description("Facts sent to the API server")
                .register(registry);
        FunctionCounter.builder("smart_dispatcher.agent.writes", pulse, Pulse::notWritten)
                .tag("result", "failed")
                .description("Facts sent to the API server")
                .register(registry);
        Gauge.builder("smart_dispatcher.agent.clock.skew", pulse, Pulse::clockSkewSeconds)
                .baseUnit("seconds")
                .description("By how much the node's clock is ahead of the API server's")
                .register(registry);
    }

    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
