package dev.smartdispatcher.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares what the code generates with files under {@code src/test/resources/golden}; {@code -Dgolden.update=true} writes
 * them anew.
 */
public final class Golden {
    private static final Path ROOT = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    /** Asserts that the object as YAML is the content of the file, a path below the golden directory. */
    public static void assertYaml(String file, Object object) {
        assertText(file, Serialization.asYaml(object));
    }

    /** Asserts that the text is the content of the file, a path below the golden directory. */
    public static void assertText(String file, String text) {
        var path = ROOT.resolve(file);
        if (Boolean.getBoolean("golden.update")) {
            write(path, text);
        }
        assertThat(path)
                .as("mvn -pl operator -am test -Dgolden.update=true writes it anew")
                .exists()
                .hasContent(text);
    }

    private static void write(Path path, String text) {
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
