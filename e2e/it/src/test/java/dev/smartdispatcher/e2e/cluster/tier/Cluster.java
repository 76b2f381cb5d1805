package dev.smartdispatcher.e2e.cluster.tier;

import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.command.Command;
import dev.smartdispatcher.operator.client.OperatorClient;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The cluster of {@code e2e/cluster}, see {@code e2e/cluster --help}.
 *
 * @param script {@code e2e/cluster}
 * @param project the repository
 * @param kubeconfig of its administrator
 */
public record Cluster(Path script, Path project, Path kubeconfig) {
    public static final List<String> NODES = List.of("n1", "n2");
    public static final String RELEASE = "smart-dispatcher";

    /** The cluster that is up; an error that says what to do if there is none. */
    public static Cluster find() {
        var project = SourceTree.root();
        var script = project.resolve("e2e/cluster");
        var base = System.getenv().getOrDefault("SMART_DISPATCHER_CLUSTER_DIR", "/var/lib/smart-dispatcher-cluster");
        var name = System.getenv().getOrDefault("SMART_DISPATCHER_CLUSTER", "sd");
        var kubeconfig = Path.of(base, name, "kubeconfig");
        if (!Files.exists(kubeconfig)) {
            throw new AssertionError("there is no cluster: start one with e2e/cluster up");
        }
        return new Cluster(script, project, kubeconfig);
    }

    /** A client with the rights of the administrator, for watches. To be closed. */
    public KubernetesClient client() {
        return OperatorClient.of(Config.fromKubeconfig(kubeconfig.toFile()));
    }

    /** The command line of a sub-command of the script. */
    public List<String> command(List<String> arguments) {
        return Stream.concat(Stream.of(script.toString()), arguments.stream()).toList();
    }

    /** Runs a sub-command, which has to succeed, and returns what it printed. */
    public String run(String... arguments) {
        return Command.run(Map.of(), command(List.of(arguments))).succeeded();
    }

    /** Starts what is missing, and installs the chart of these sources if it is not installed. */
    public void repair() {
        run("up");
    }

    /** Installs the chart of other sources instead, with their images, which it makes: for minutes. */
    public void install(Path sources) {
        Command.run(Map.of("SMART_DISPATCHER_CLUSTER_PROJECT", sources.toString()), command(List.of("up")))
                .succeeded();
    }

    public Kubectl kubectl(String namespace) {
        return new Kubectl(this, namespace);
    }
}
