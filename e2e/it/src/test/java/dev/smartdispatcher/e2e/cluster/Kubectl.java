package dev.smartdispatcher.e2e.cluster;

import dev.smartdispatcher.e2e.command.Command;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** kubectl as the administrator of the cluster, in one namespace. */
final class Kubectl {
    private final Cluster cluster;
    private final String namespace;

    Kubectl(Cluster cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    String namespace() {
        return namespace;
    }

    /** Runs to its end, well or not. */
    Command run(String... arguments) {
        return told("", arguments);
    }

    private Command told(String input, String... arguments) {
        return Command.run(Map.of(), cluster.command(words(arguments)), input);
    }

    /** What it printed; an error if it failed. */
    String ok(String... arguments) {
        return run(arguments).succeeded();
    }

    /** What {@code kubectl apply} said to these manifests. */
    Command apply(String manifests) {
        return told(manifests, "apply", "-f", "-");
    }

    /** An object as the API server has it. */
    <T extends HasMetadata> T get(Class<T> type, String kind, String name) {
        return Serialization.unmarshal(ok("get", kind, name, "-o", "json"), type);
    }

    /** Starts it and goes on. */
    Background start(String... arguments) {
        return Background.start(cluster.command(words(arguments)));
    }

    private List<String> words(String... arguments) {
        var words = new ArrayList<>(List.of("kubectl", "-n", namespace));
        words.addAll(List.of(arguments));
        return words;
    }
}
