package dev.smartdispatcher.operator.app;

import dev.smartdispatcher.operator.leader.LeaderElection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Option;

/**
 * The table of the operator's options: name, environment variable, default, bounds and meaning of each. {@code --help} is made
 * of it, and docs/options.md and the values of the chart are checked against it.
 */
final class OperatorArguments {
    private static final int LEAST_LEASE_SECONDS = 3;
    private static final int MOST_LEASE_SECONDS = 600;
    private static final int MOST_LINGER_MILLIS = 60_000;
    /** Each thread takes a megabyte of stack, and the API server serves some 400 requests at a time. */
    private static final int MOST_THREADS = 256;

    private static final int MOST_CHECK_SECONDS = 3600;
    private static final int LAST_PORT = 65535;

    @Option(
            names = "--leader-election",
            negatable = true,
            defaultValue = "${env:LEADER_ELECTION:-true}",
            fallbackValue = "true",
            description = "Take part in a leader election, as replicas must [LEADER_ELECTION].")
    private boolean leaderElection;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            defaultValue = "${env:POD_NAMESPACE}",
            description =
                    "Namespace of the Lease and of the pods of checks. Without it, the client's namespace [POD_NAMESPACE].")
    private String namespace;

    @Option(
            names = "--lease",
            paramLabel = "NAME",
            defaultValue = "${env:LEASE_NAME:-smart-dispatcher}",
            description = "Name of the Lease [LEASE_NAME].")
    private String lease;

    @Option(
            names = "--lease-seconds",
            paramLabel = "SECONDS",
            defaultValue = "${env:LEASE_SECONDS:-15}",
            description = "A leader that does not renew its Lease for this long is replaced; " + LEAST_LEASE_SECONDS
                    + " to " + MOST_LEASE_SECONDS + " [LEASE_SECONDS].")
    private int leaseSeconds;

    @Option(
            names = "--linger-millis",
            paramLabel = "MILLIS",
            defaultValue = "${env:LINGER_MILLIS:-" + OperatorOptions.STANDARD_LINGER_MILLIS + "}",
            description = "How long the operator gathers events before it schedules; 0 to " + MOST_LINGER_MILLIS
                    + " [LINGER_MILLIS].")
    private int lingerMillis;

    @Option(
            names = "--threads",
            paramLabel = "NUMBER",
            defaultValue = "${env:RECONCILER_THREADS:-" + OperatorOptions.STANDARD_THREADS + "}",
            description = "Threads of the reconcilers, which mostly wait for the API server; 1 to " + MOST_THREADS
                    + " [RECONCILER_THREADS].")
    private int threads;

    @Option(
            names = "--writers",
            paramLabel = "NUMBER",
            defaultValue = "${env:WRITERS:-" + OperatorOptions.STANDARD_WRITERS + "}",
            description = "Allocations that are written at the same time; 1 to " + MOST_THREADS + " [WRITERS].")
    private int writers;

    @Option(
            names = "--health-port",
            paramLabel = "PORT",
            defaultValue = "${env:HEALTH_PORT:-8080}",
            description = "Port of /livez and /readyz; 0 for any free port [HEALTH_PORT].")
    private int healthPort;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "${env:METRICS_PORT:-8082}",
            description = "Port of /metrics; 0 for any free port [METRICS_PORT].")
    private int metricsPort;

    @Option(
            names = "--debug-port",
            paramLabel = "PORT",
            defaultValue = "${env:DEBUG_PORT:-8084}",
            description = "Port of /debug/scheduler, on 127.0.0.1 only; 0 to " + LAST_PORT
                    + ", 0 for any free port [DEBUG_PORT].")
    private int debugPort;

    @Option(
            names = "--check-seconds",
            paramLabel = "SECONDS",
            defaultValue = "${env:CHECK_SECONDS:-20}",
            description = "Time between two checks of rights and definitions, some thirty small requests each; 1 to "
                    + MOST_CHECK_SECONDS + " [CHECK_SECONDS].")
    private int checkSeconds;

    /**
     * Checks what the options can be by themselves.
     *
     * @throws IllegalArgumentException naming the first option that is out of bounds
     */
    void check() {
        bound("--lease-seconds", leaseSeconds, LEAST_LEASE_SECONDS, MOST_LEASE_SECONDS);
        bound("--linger-millis", lingerMillis, 0, MOST_LINGER_MILLIS);
        bound("--threads", threads, 1, MOST_THREADS);
        bound("--writers", writers, 1, MOST_THREADS);
        bound("--health-port", healthPort, 0, LAST_PORT);
        bound("--metrics-port", metricsPort, 0, LAST_PORT);
        bound("--debug-port", debugPort, 0, LAST_PORT);
        bound("--check-seconds", checkSeconds, 1, MOST_CHECK_SECONDS);
    }

    int healthPort() {
        return healthPort;
    }

    int metricsPort() {
        return metricsPort;
    }

    int debugPort() {
        return debugPort;
    }

    /** Time between two checks of rights and definitions. */
    Duration checkInterval() {
        return Duration.ofSeconds(checkSeconds);
    }

    /** @param clientNamespace the Kubernetes client's, where no other is named */
    OperatorOptions options(Optional<String> clientNamespace) throws UnknownHostException {
        var own = namespace == null || namespace.isBlank() ? clientNamespace.orElse("default") : namespace;
        return new OperatorOptions(
                leaderElection ? Optional.of(leader(own)) : Optional.empty(),
                own,
                Duration.ofMillis(lingerMillis),
                threads,
                writers);
    }

    /**
     * Renews within two thirds of the lease, as client-go does. A replica that waits for the lease to expire looks again after
     * up to 2.2 periods: a tenth keeps a takeover within one and a quarter leases.
     */
    private LeaderElection leader(String own) throws UnknownHostException {
        return new LeaderElection(
                own,
                lease,
                InetAddress.getLocalHost().getHostName() + "_" + UUID.randomUUID(),
                Duration.ofSeconds(leaseSeconds),
                Duration.ofMillis(leaseSeconds * 2000L / 3),
                Duration.ofMillis(leaseSeconds * 100L));
    }

    private static void bound(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
