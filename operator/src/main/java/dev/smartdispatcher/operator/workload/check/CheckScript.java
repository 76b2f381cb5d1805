package dev.smartdispatcher.operator.workload.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The entry of a check's pod, {@code check.sh}. It is in the pod itself, so that there is nothing to mount. */
final class CheckScript {
    static final String TEXT = load();

    private CheckScript() {}

    private static String load() {
        try (var in = CheckScript.class.getResourceAsStream("check.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
