package dev.smartdispatcher.api.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.arch.QuantityForm;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Fields of worker pods that a farm sets and its tenants may not. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PodSettings(
        @Size(max = 253)
        @Pattern("^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$")
        @JsonPropertyDescription("RuntimeClass. Empty: the node's default.")
        String runtimeClassName,

        @JsonPropertyDescription("Always, IfNotPresent or Never. Default: as Kubernetes decides by the image's tag.")
        PullPolicy imagePullPolicy,

        @Size(max = 32) @JsonPropertyDescription("Lines of /etc/hosts.")
        List<HostAlias> hostAliases,

        @JsonPropertyDescription("Added to what the cluster says about DNS.")
        DnsSettings dnsConfig,

        @JsonPropertyDescription("A directory in memory.") MemoryVolume tmpfs,

        @Size(max = 2)
        @ValidationRule(
                value = "self.all(size, size in ['64Ki', '1Mi', '2Mi', '16Mi', '32Mi', '512Mi', '1Gi', '2Gi', '16Gi'])",
                message = PodSettings.HUGEPAGES)
        @ValidationRule(
                value = "self.all(size, string(self[size])" + QuantityForm.CEL_POSITIVE + ")",
                message = PodSettings.HUGEPAGES_POSITIVE)
        @JsonPropertyDescription("Huge pages by their size, as 2Mi: 512Mi; the worker's Node must have them.")
        Map<String, Quantity> hugepages,

        @Size(max = 32)
        @ValidationRule(
                value =
                        "self.all(key, !key.startsWith('smartdispatcher.dev/') && key != 'app.kubernetes.io/managed-by')",
                message = PodSettings.LABELS)
        @JsonPropertyDescription("Further labels of the pod.")
        Map<String, @Size(max = 63) String> labels,

        @Size(max = 32)
        @ValidationRule(
                value = "self.all(key, !key.startsWith('smartdispatcher.dev/'))",
                message = PodSettings.ANNOTATIONS)
        @JsonPropertyDescription("Further annotations of the pod.")
        Map<String, @Size(max = 4096) String> annotations) {
    public static final String LABELS =
            "pod.labels must not begin with smartdispatcher.dev/ and not be app.kubernetes.io/managed-by, which the"
                    + " operator sets";
    public static final String ANNOTATIONS =
            "pod.annotations must not begin with smartdispatcher.dev/, which the operator sets";
    public static final String HUGEPAGES =
            "pod.hugepages must be keyed by a page size: 64Ki, 1Mi, 2Mi, 16Mi, 32Mi, 512Mi, 1Gi, 2Gi or 16Gi";
    public static final String HUGEPAGES_POSITIVE = "pod.hugepages must be positive";
    /** Nothing set. */
    public static final PodSettings NONE = new PodSettings(null, null, null, null, null, null, null, null);

    public PodSettings {
        runtimeClassName = runtimeClassName == null ? "" : runtimeClassName;
        hostAliases = hostAliases == null ? List.of() : List.copyOf(hostAliases);
        hugepages = inOrder(hugepages);
        labels = inOrder(labels);
        annotations = inOrder(annotations);
    }

    private static <T> Map<String, T> inOrder(Map<String, T> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /** When a kubelet pulls the image. */
    public enum PullPolicy {
        Always,
        IfNotPresent,
        Never
    }
}
