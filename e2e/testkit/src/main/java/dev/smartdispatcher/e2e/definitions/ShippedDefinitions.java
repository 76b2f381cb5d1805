package dev.smartdispatcher.e2e.definitions;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The CustomResourceDefinitions on the class path, which are those of the chart. */
public final class ShippedDefinitions {
    private static final String DIRECTORY = "META-INF/smart-dispatcher/crds";

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private ShippedDefinitions() {}

    /** All of them, by file name. */
    public static List<CustomResourceDefinition> read() {
        return files().values().stream()
                .map(yaml -> Serialization.unmarshal(yaml, CustomResourceDefinition.class))
                .toList();
    }

    /** The files as they are, by name. */
    public static SortedMap<String, String> files() {
        try {
            var uri = ShippedDefinitions.class
                    .getClassLoader()
                    .getResource(DIRECTORY)
                    .toURI();
            return uri.getScheme().equals("jar") ? inJar(uri) : in(Path.of(uri));
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("the CRDs on the class path cannot be read", e);
        }
    }

    /** Applies all of them as an administrator does, and returns when the API server serves them. */
    public static void install(KubernetesClient client) {
        var definitions = read();
        definitions.forEach(
                definition -> client.resource(definition).forceConflicts().serverSideApply());
        definitions.forEach(definition -> await().atMost(PATIENCE)
                .pollInterval(PAUSE)
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(() -> served(client, definition)));
    }

    /** Established comes a moment before the storage is there, until when it answers 404 or 429. */
    private static boolean served(KubernetesClient client, CustomResourceDefinition definition) {
        client.genericKubernetesResources(CustomResourceDefinitionContext.fromCrd(definition))
                .inAnyNamespace()
                .list();
        return true;
    }

    private static SortedMap<String, String> inJar(URI uri) throws IOException {
        try (var jar = FileSystems.newFileSystem(uri, Map.of())) {
            return in(jar.getPath(DIRECTORY));
        }
    }

    private static SortedMap<String, String> in(Path directory) throws IOException {
        var texts = new TreeMap<String, String>();
        try (var files = Files.newDirectoryStream(directory, "*.yaml")) {
            for (var file : files) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }
}
