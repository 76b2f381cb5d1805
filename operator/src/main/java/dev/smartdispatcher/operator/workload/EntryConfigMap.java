package dev.smartdispatcher.operator.workload;

import dev.smartdispatcher.api.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The scripts of a worker pod as a ConfigMap, named by its content: another version of the operator brings another one.
 */
public final class EntryConfigMap {
    /** The entry: its key, and the name of the file in the pod. */
    public static final String SCRIPT = "entry.sh";
    /** The installer, which finds its parts beside it. */
    public static final String INSTALLER = "install.sh";

    /** What makes room for the caches of packages. */
    public static final String CACHES = "cache.sh";

    private static final List<String> FILES = List.of(
            SCRIPT,
            INSTALLER,
            CACHES,
            "install-cache.sh",
            "install-deb.sh",
            "install-enter.sh",
            "install-lists.sh",
            "install-obs.sh",
            "install-rpm.sh");

    private static final int DIGEST_PART = 12;
    private static final Map<String, String> SCRIPTS = load();
    private static final String NAME = "entry-" + digest().substring(0, DIGEST_PART);

    private EntryConfigMap() {}

    /** The ConfigMap for a namespace. */
    public static ConfigMap of(String namespace) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .addToLabels(Labels.MANAGED_BY, Labels.OPERATOR)
                .endMetadata()
                .withData(SCRIPTS)
                .withImmutable(true)
                .build();
    }

    private static Map<String, String> load() {
        var scripts = new TreeMap<String, String>();
        for (var file : FILES) {
            try (var in = EntryConfigMap.class.getResourceAsStream(file)) {
                scripts.put(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Collections.unmodifiableMap(scripts);
    }

    private static String digest() {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            SCRIPTS.forEach((file, text) -> sha.update((file + "\0" + text + "\0").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
