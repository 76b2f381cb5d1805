package dev.smartdispatcher.agent;

import dev.smartdispatcher.agent.kernel.LinuxKernel;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probes;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The agent's command line, which is the table of its options: {@code --help} is made of it, and docs/options.md and the values
 * of the chart are checked against it. Without {@code --once} the agent runs until it is killed;
 * {@code advise} is the configuration advisor.
 */
@Command(
        name = "node-agent",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = AdviseCommand.class,
        sortOptions = false,
        showDefaultValues = true,
        usageHelpWidth = 100,
        description = {
            "Finds out what this node can build, and keeps its BuildWorker up to date.",
            "Finds the cluster by the pod's service account or by kubeconfig, as kubectl does. An option can also be given"
                    + " by the environment variable in brackets."
        },
        footer = {"", "LOG_FORMAT=json logs JSON lines; LOG_LEVEL is INFO by default. Logs go to standard error."})
public final class Main implements Callable<Integer> {
    /** For one request; the next beat tries again. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    /** Between the two looks of {@code --once}: long enough to measure the CPU load and, if the machine is not busy, the speed. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2500);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--node-name",
            scope = CommandLine.ScopeType.INHERIT,
            paramLabel = "NAME",
            defaultValue = "${env:NODE_NAME}",
            description = "Name of the Node, and so of the BuildWorker. Required except with --once [NODE_NAME].")
    private String nodeName;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "${env:AGENT_INTERVAL:-" + AgentOptions.DEFAULT_INTERVAL_SECONDS + "}",
            description = "Time between two inspections of the machine; 1 to " + AgentOptions.MAX_INTERVAL_SECONDS
                    + " [AGENT_INTERVAL].")
    private int interval;

    @Option(
            names = "--host-root",
            scope = CommandLine.ScopeType.INHERIT,
            paramLabel = "DIRECTORY",
            defaultValue = "${env:AGENT_HOST_ROOT:-" + AgentOptions.DEFAULT_HOST_ROOT + "}",
            description = "Where the host's proc, sys, dev and the build path are mounted [AGENT_HOST_ROOT].")
    private Path hostRoot;

    @Option(
            names = "--build-path",
            scope = CommandLine.ScopeType.INHERIT,
            paramLabel = "DIRECTORY",
            defaultValue = "${env:AGENT_BUILD_PATH:-" + AgentOptions.DEFAULT_BUILD_PATH + "}",
            description = "Directory of the host whose file system builds use, without the host root"
                    + " [AGENT_BUILD_PATH].")
    private String buildPath;

    @Option(
            names = "--features-dir",
            paramLabel = "DIRECTORY",
            defaultValue = "${env:AGENT_FEATURES_DIR:-" + AgentOptions.DEFAULT_FEATURES_DIRECTORY + "}",
            description = "Directory of the host with files of local facts, without the host root; it need not exist"
                    + " [AGENT_FEATURES_DIR].")
    private String featuresDirectory;

    @Option(
            names = "--state-dir",
            paramLabel = "DIRECTORY",
            defaultValue = "${env:AGENT_STATE_DIR}",
            description = "Where the agent keeps the speed index, so that it need not measure it again after a restart."
                    + " Without it, nowhere [AGENT_STATE_DIR].")
    private Path stateDirectory;

    @Option(
            names = "--health-port",
            paramLabel = "PORT",
            defaultValue = "${env:AGENT_HEALTH_PORT:-8081}",
            description = "Port of /livez and /readyz; 0 for none [AGENT_HEALTH_PORT].")
    private int healthPort;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "${env:AGENT_METRICS_PORT:-8083}",
            description = "Port of /metrics; 0 for none [AGENT_METRICS_PORT].")
    private int metricsPort;

    @Option(names = "--once", description = "Inspect the machine once, print the facts as YAML, and publish nothing.")
    private boolean once;

    /** Runs until the process is killed. */
    public static void main(String[] arguments) {
        Logging.configure(System.getenv());
        System.exit(commandLine().execute(arguments));
    }

    /** The options and commands, not yet run; their output can be set. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    LoggerFactory.getLogger(Main.class)
                            .atError()
                            .setCause(failure)
                            .log("The agent cannot run");
                    return line.getCommandSpec().exitCodeOnExecutionException();
                });
    }

    @Override
    public Integer call() throws InterruptedException {
        if (once) {
            printFacts(spec.commandLine().getOut());
            return 0;
        }
        AgentOptions options = options();
        try (KubernetesClient client = client();
                NodeAgent agent = new NodeAgent(client, options, Clock.systemUTC())) {
            Runtime.getRuntime().addShutdownHook(new Thread(agent::close));
            agent.start();
            new CountDownLatch(1).await();
            return 0;
        }
    }

    /** What the advisor sees here. */
    ThisHost observe() throws InterruptedException {
        var name = Optional.ofNullable(nodeName).filter(n -> !n.isBlank());
        // In a pod, builds are at work, too.
        boolean inPod = System.getenv("KUBERNETES_SERVICE_HOST") != null;
        return ThisHost.observe(name, new HostPaths(hostRoot), buildPath, new LinuxKernel(), Clock.systemUTC(), !inPod);
    }

    private AgentOptions options() {
        try {
            return new AgentOptions(
                    nodeName,
                    Duration.ofSeconds(interval),
                    hostRoot,
                    buildPath,
                    featuresDirectory,
                    Optional.ofNullable(stateDirectory),
                    healthPort,
                    metricsPort);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void printFacts(PrintWriter out) throws InterruptedException {
        Clock clock = Clock.systemUTC();
        HostPaths paths = new HostPaths(hostRoot);
        Probes probes = HostProbes.of(
                paths,
                buildPath,
                featuresDirectory,
                new LinuxKernel(),
                HostProbes.speed(paths, Optional.ofNullable(stateDirectory), clock),
                clock);
        probes.get();
        Thread.sleep(BETWEEN_LOOKS.toMillis());
        out.print(Serialization.asYaml(probes.get()));
        out.flush();
    }

    /** The agent has its own back-off: the client's would hold up the beat. */
    private static KubernetesClient client() {
        Config config = new ConfigBuilder(Config.autoConfigure(null))
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout((int) REQUEST_TIMEOUT.toMillis())
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** The version of the jar that this runs from. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"node-agent " + (version == null ? "(development)" : version)};
        }
    }
}
