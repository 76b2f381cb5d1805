package dev.smartdispatcher.e2e.definitions;

import com.fasterxml.jackson.core.type.TypeReference;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files of the test's resources. */
public final class Resource {
    private Resource() {}

    /** The text of one, by its absolute name. */
    public static String text(String name) {
        try (var in = Resource.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of a YAML file. */
    public static <T> T yaml(String name, TypeReference<T> type) {
        return Serialization.unmarshal(text(name), type);
    }
}
