package dev.smartdispatcher.e2e.cluster;

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
 * The cluster of {@code e2e/cluster}, as {@code e2e/cluster --help} tells.
 *
 * @param script {@code e2e/cluster}
 * @param project the repository
 * @param kubeconfig of its administrator
 */
record Cluster(Path script, Path project, Path kubeconfig) {
    static final List<String> NODES = List.of("n1", "n2");
    static final String RELEASE = "smart-dispatcher";

    /** The one that is up; an error that says what to do if there is none. */
    static Cluster find() {
        var project = SourceTree.root();
        var script = project.resolve("e2e/cluster");
        var base = System.getenv().getOrDefault("SMART_DISPATCHER_CLUSTER_DIR", "/var/lib/smart-dispatcher-cluster");
        var name = System.getenv().getOrDefault("SMART_DISPATCHER_CLUSTER", "sd");
        var kubeconfig = Path.of(base, name, "kubeconfig");
        if (!Files.exists(kubeconfig)) {
            throw new AssertionError("there is no cluster: e2e/cluster up");
        }
        return new Cluster(script, project, kubeconfig);
    }

    /** A client of the administrator, for what is watched. To be closed. */
    KubernetesClient client() {
        return OperatorClient.of(Config.fromKubeconfig(kubeconfig.toFile()));
    }

    /** A sub-command of the script, as the words to run. */
    List<String> command(List<String> arguments) {
        return Stream.concat(Stream.of(script.toString()), arguments.stream()).toList();
    }

    /** Runs a sub-command to its end, which has to be a good one. What it printed. */
    String run(String... arguments) {
        return Command.run(Map.of(), command(List.of(arguments))).succeeded();
    }

    /** Starts what is missing, and sees to it that the chart of these sources is installed. */
    void repair() {
        run("up");
    }

    Kubectl kubectl(String namespace) {
        return new Kubectl(this, namespace);
    }
}
