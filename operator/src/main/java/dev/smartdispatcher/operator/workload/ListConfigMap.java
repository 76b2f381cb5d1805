package dev.smartdispatcher.operator.workload;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.operator.packages.ListFiles;
import dev.smartdispatcher.operator.packages.PackagePlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    /** The name of a plan's ConfigMap. */
    public static String name(PackagePlan plan) {
        var hex = plan.listDigest().substring("sha256:".length());
        return PREFIX + hex.substring(0, DIGEST_PART);
    }

    /** The ConfigMap; its data never changes, its annotation says when it was last used. */
    public static ConfigMap of(String namespace, PackagePlan plan, Instant lastUsed) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name(plan))
                .withNamespace(namespace)
                .addToLabels(Labels.MANAGED_BY, Labels.OPERATOR)
                .addToAnnotations(
                        Annotations.LAST_USED,
                        lastUsed.truncatedTo(ChronoUnit.SECONDS).toString())
                .endMetadata()
                .withData(ListFiles.of(plan))
                .withImmutable(true)
                .build();
    }
}
