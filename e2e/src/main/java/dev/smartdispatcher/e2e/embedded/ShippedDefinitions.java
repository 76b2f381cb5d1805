package dev.smartdispatcher.e2e.embedded;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The CustomResourceDefinitions on the class path, which are those of the chart. */
final class ShippedDefinitions {
    private static final String DIRECTORY = "META-INF/smart-dispatcher/crds";

    private ShippedDefinitions() {}

    /** All of them, by file name. */
    static List<CustomResourceDefinition> read() {
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

    private static List<CustomResourceDefinition> inJar(URI uri) throws IOException {
        try (var jar = FileSystems.newFileSystem(uri, Map.of())) {
            return in(jar.getPath(DIRECTORY));
        }
    }

    private static List<CustomResourceDefinition> in(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(ShippedDefinitions::parse)
                    .toList();
        }
    }

    private static CustomResourceDefinition parse(Path file) {
        try {
            return Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
