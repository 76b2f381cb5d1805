package dev.smartdispatcher.e2e.localnode;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.File;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The environment of a pod's process: what the image has, which is this machine's PATH and its JDK, then what the pod says. */
final class PodVariables {
    private static final Pattern ANNOTATION = Pattern.compile("metadata\\.annotations\\['(.*)']");

    private final KubernetesClient client;

    PodVariables(KubernetesClient client) {
        this.client = client;
    }

    /** What any image here has. */
    static Map<String, String> ofImage() {
        var java = System.getProperty("java.home");
        return Map.of(
                "PATH",
                java + "/bin" + File.pathSeparator + System.getenv().getOrDefault("PATH", "/usr/bin:/bin"),
                "JAVA_HOME",
                java,
                "LANG",
                "C.UTF-8");
    }

    /** What the pod says; values may refer to variables before them. */
    Map<String, String> of(Pod pod, Container container) throws VolumeFiles.MissingObject {
        var env = new LinkedHashMap<String, String>();
        for (var source : container.getEnvFrom()) {
            var prefix = source.getPrefix() == null ? "" : source.getPrefix();
            if (source.getConfigMapRef() != null) {
                configMap(pod, source.getConfigMapRef().getName()).forEach((k, v) -> env.put(prefix + k, v));
            }
            if (source.getSecretRef() != null) {
                secret(pod, source.getSecretRef().getName()).forEach((k, v) -> env.put(prefix + k, v));
            }
        }
        for (var variable : container.getEnv()) {
            var value = variable.getValueFrom() == null
                    ? expanded(variable.getValue(), env)
                    : from(pod, container, variable.getValueFrom());
            env.put(variable.getName(), value == null ? "" : value);
        }
        return env;
    }

    private static String expanded(String value, Map<String, String> before) {
        return value == null ? null : VariableExpansion.expand(value, before);
    }

    private String from(Pod pod, Container container, EnvVarSource source) throws VolumeFiles.MissingObject {
        if (source.getConfigMapKeyRef() != null) {
            return configMap(pod, source.getConfigMapKeyRef().getName())
                    .get(source.getConfigMapKeyRef().getKey());
        }
        if (source.getSecretKeyRef() != null) {
            return secret(pod, source.getSecretKeyRef().getName())
                    .get(source.getSecretKeyRef().getKey());
        }
        if (source.getFieldRef() != null) {
            return field(pod, source.getFieldRef().getFieldPath());
        }
        return source.getResourceFieldRef() == null ? null : resource(container, source.getResourceFieldRef());
    }

    /** A field by its path; null if there is none. */
    static String field(Pod pod, String path) {
        var annotation = ANNOTATION.matcher(path);
        if (annotation.matches()) {
            var annotations = pod.getMetadata().getAnnotations();
            return annotations == null ? null : annotations.get(annotation.group(1));
        }
        return switch (path) {
            case "metadata.name" -> pod.getMetadata().getName();
            case "metadata.namespace" -> pod.getMetadata().getNamespace();
            case "metadata.uid" -> pod.getMetadata().getUid();
            case "spec.nodeName" -> pod.getSpec().getNodeName();
            default -> null;
        };
    }

    /** An amount in units of the divisor, rounded up, as a kubelet does. */
    private static String resource(Container container, ResourceFieldSelector selector) {
        var resource = selector.getResource();
        var name = resource.substring(resource.indexOf('.') + 1);
        var amounts = resource.startsWith("limits.")
                ? container.getResources().getLimits()
                : container.getResources().getRequests();
        if (amounts == null || !amounts.containsKey(name)) {
            return null;
        }
        var divisor = selector.getDivisor() == null ? BigDecimal.ONE : Quantity.getAmountInBytes(selector.getDivisor());
        return Quantity.getAmountInBytes(amounts.get(name))
                .divide(divisor.signum() == 0 ? BigDecimal.ONE : divisor, 0, RoundingMode.CEILING)
                .toPlainString();
    }

    private Map<String, String> configMap(Pod pod, String name) throws VolumeFiles.MissingObject {
        var map = client.configMaps()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(name)
                .get();
        if (map == null) {
            throw new VolumeFiles.MissingObject("configmap \"" + name + "\" not found");
        }
        return map.getData() == null ? Map.of() : map.getData();
    }

    private Map<String, String> secret(Pod pod, String name) throws VolumeFiles.MissingObject {
        var secret = client.secrets()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(name)
                .get();
        if (secret == null) {
            throw new VolumeFiles.MissingObject("secret \"" + name + "\" not found");
        }
        var values = new LinkedHashMap<String, String>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((k, v) ->
                            values.put(k, new String(Base64.getDecoder().decode(v), StandardCharsets.UTF_8)));
        }
        return values;
    }
}
