package dev.smartdispatcher.e2e.definitions;

import dev.smartdispatcher.e2e.SourceTree;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** The chart's policy that refuses late pods, without which no operator starts to work. */
public final class CreationPolicy {
    /** Of the policy and of its binding. */
    public static final String NAME = "smart-dispatcher-creations";

    private CreationPolicy() {}

    /** Applies it as an administrator does. It takes effect within a second or so. */
    public static void install(KubernetesClient client) {
        try (var file = Files.newInputStream(SourceTree.file("helm/smart-dispatcher/rights/creation-policy.yaml"))) {
            client.load(file).items().forEach(item -> client.resource(item).serverSideApply());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
