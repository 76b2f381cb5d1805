package dev.smartdispatcher.e2e.cluster.tier;

import dev.smartdispatcher.e2e.command.Command;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** kubectl as the administrator of the cluster, in one namespace. */
public final class Kubectl {
    private final Cluster cluster;
    private final String namespace;

    Kubectl(Cluster cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    public String namespace() {
        return namespace;
    }

    /** Runs it to its end, whether it succeeds or fails. */
    public Command run(String... arguments) {
        return runWith("", arguments);
    }

    private Command runWith(String input, String... arguments) {
        return Command.run(Map.of(), cluster.command(words(arguments)), input);
    }

    /** What it printed; an error if it failed. */
    public String ok(String... arguments) {
        return run(arguments).succeeded();
    }

    /** Applies these manifests. */
    public Command apply(String manifests) {
        return runWith(manifests, "apply", "-f", "-");
    }

    /** An object as the API server has it. */
    public <T extends HasMetadata> T get(Class<T> type, String kind, String name) {
        return Serialization.unmarshal(ok("get", kind, name, "-o", "json"), type);
    }

    /** Starts it and returns at once. */
    public Background start(String... arguments) {
        return Background.start(cluster.command(words(arguments)));
    }

    private List<String> words(String... arguments) {
        var words = new ArrayList<>(List.of("kubectl", "-n", namespace));
        words.addAll(List.of(arguments));
        return words;
    }
}
