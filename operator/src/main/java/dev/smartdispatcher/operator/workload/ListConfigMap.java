package dev.smartdispatcher.operator.workload;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.job.status.PackagesStatus;
import dev.smartdispatcher.operator.packages.PackagePlan;
import dev.smartdispatcher.operator.packages.Sha256;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** An attempt's package lists as a ConfigMap, named by its content and so shared by all jobs with the same lists. */
public final class ListConfigMap {
    private static final int DIGEST_PART = 12;

    private static final String PREFIX = "lists-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9a-f]{" + DIGEST_PART + "}");

    private ListConfigMap() {}

    /** Whether this is the name of some plan's ConfigMap, which only the operator may give to one. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * The name of a plan's ConfigMap. It follows from the files as they are stored: equal texts may be compressed differently by
     * another version of Java.
     */
    public static String name(PackagePlan plan) {
        var sha = Sha256.digest();
        plan.lists().files().forEach((name, file) -> {
            sha.update((name + "\n" + file.stored().length + "\n").getBytes(StandardCharsets.UTF_8));
            sha.update(file.stored());
        });
        return PREFIX + HexFormat.of().formatHex(sha.digest()).substring(0, DIGEST_PART);
    }

    /** What a job's status records of the plan. */
    public static PackagesStatus recorded(PackagePlan plan) {
        return new PackagesStatus(plan.listDigest(), name(plan), plan.summary(), plan.planDigest());
    }

    /** The ConfigMap; its files never change, its annotation says when it was last used. */
    public static ConfigMap of(String namespace, PackagePlan plan, Instant lastUsed) {
        var text = new TreeMap<String, String>();
        var compressed = new TreeMap<String, String>();
        plan.lists().files().forEach((name, file) -> {
            if (file.compressed()) {
                compressed.put(name, Base64.getEncoder().encodeToString(file.stored()));
            } else {
                text.put(name, file.text());
            }
        });
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name(plan))
                .withNamespace(namespace)
                .addToLabels(Labels.MANAGED_BY, Labels.OPERATOR)
                .addToAnnotations(
                        Annotations.LAST_USED,
                        lastUsed.truncatedTo(ChronoUnit.SECONDS).toString())
                .endMetadata()
                .withData(text)
                .withBinaryData(compressed)
                .withImmutable(true)
                .build();
    }
}
