package dev.smartdispatcher.operator.workload;

import dev.smartdispatcher.api.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** The entry script as a ConfigMap, named by its content: another version of the operator brings another one. */
public final class EntryConfigMap {
    /** The script's file in the ConfigMap. */
    /** Its key, and the name of the file in the pod. */
    public static final String SCRIPT = "entry.sh";
    /** The installer, beside it. */
    public static final String INSTALLER = "install.sh";

    private static final int DIGEST_PART = 12;
    private static final String TEXT = load();
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
                .withData(Map.of(SCRIPT, TEXT))
                .withImmutable(true)
                .build();
    }

    private static String load() {
        try (var in = EntryConfigMap.class.getResourceAsStream(SCRIPT)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest() {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(TEXT.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
