package dev.smartdispatcher.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The options of an agent.
 *
 * @param nodeName name of the Node, and so of the BuildWorker
 * @param interval between two looks at the machine: 1 s to 60 s
 * @param hostRoot where the host's file system is mounted: {@code /} on a plain machine
 * @param buildPath directory of the host whose file system builds use, absolute, without {@code hostRoot}
 * @param featuresDirectory directory of the host with files of local facts, absolute, without {@code hostRoot}; it need not exist
 * @param stateDirectory where it keeps what outlives it and cannot be found out at once: the speed index
 * @param healthPort TCP port of the health endpoints; 0 for none
 * @param metricsPort TCP port of the metrics; 0 for none
 */
public record AgentOptions(
        String nodeName,
        Duration interval,
        Path hostRoot,
        String buildPath,
        String featuresDirectory,
        Optional<Path> stateDirectory,
        int healthPort,
        int metricsPort) {
    public static final int DEFAULT_INTERVAL_SECONDS = 20;
    public static final int MAX_INTERVAL_SECONDS = 60;
    public static final String DEFAULT_HOST_ROOT = "/";
    /** The kubelet's directory, with the volumes of all pods. */
    public static final String DEFAULT_BUILD_PATH = "/var/lib/kubelet";

    public static final String DEFAULT_FEATURES_DIRECTORY = "/etc/smart-dispatcher/features.d";

    private static final int MAX_PORT = 65535;

    public AgentOptions {
        require(nodeName != null && !nodeName.isBlank(), "the node's name is missing: set --node-name or NODE_NAME");
        require(
                interval.toSeconds() >= 1 && interval.toSeconds() <= MAX_INTERVAL_SECONDS,
                "the interval must be 1 to " + MAX_INTERVAL_SECONDS + " seconds");
        require(buildPath.startsWith("/"), "the build path must be absolute");
        require(featuresDirectory.startsWith("/"), "the features directory must be absolute");
        require(healthPort >= 0 && healthPort <= MAX_PORT, "the health port must be 0 to " + MAX_PORT);
        require(metricsPort >= 0 && metricsPort <= MAX_PORT, "the metrics port must be 0 to " + MAX_PORT);
        require(
                healthPort == 0 || healthPort != metricsPort,
                "health and metrics need ports of their own: both have " + healthPort);
    }

    /** Without metrics, and with the default features directory. */
    public AgentOptions(
            String nodeName,
            Duration interval,
            Path hostRoot,
            String buildPath,
            Optional<Path> stateDirectory,
            int healthPort) {
        this(nodeName, interval, hostRoot, buildPath, DEFAULT_FEATURES_DIRECTORY, stateDirectory, healthPort, 0);
    }

    /** The defaults for a node, on the machine itself and without health endpoints. */
    public static AgentOptions of(String nodeName) {
        return new AgentOptions(
                nodeName,
                Duration.ofSeconds(DEFAULT_INTERVAL_SECONDS),
                Path.of(DEFAULT_HOST_ROOT),
                DEFAULT_BUILD_PATH,
                Optional.empty(),
                0);
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
