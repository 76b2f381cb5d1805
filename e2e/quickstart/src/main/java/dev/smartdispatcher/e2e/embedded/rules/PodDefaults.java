package dev.smartdispatcher.e2e.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What a pod's creator need not say. */
final class PodDefaults {
    private PodDefaults() {}

    /** Completes {@code spec}, in place. */
    static void complete(ObjectNode spec) {
        absent(spec, "restartPolicy", "Always");
        absent(spec, "dnsPolicy", "ClusterFirst");
        absent(spec, "schedulerName", "default-scheduler");
        if (!spec.has("terminationGracePeriodSeconds")) {
            spec.put("terminationGracePeriodSeconds", 30);
        }
        for (var container : spec.path("containers")) {
            complete((ObjectNode) container, container.path("image").asText());
        }
    }

    private static void complete(ObjectNode container, String image) {
        absent(container, "terminationMessagePath", "/dev/termination-log");
        absent(container, "terminationMessagePolicy", "File");
        boolean floating = image.endsWith(":latest")
                || !image.substring(image.lastIndexOf('/') + 1).contains(":");
        absent(container, "imagePullPolicy", floating ? "Always" : "IfNotPresent");
        requestsFromLimits(container.withObjectProperty("resources"));
    }

    private static void requestsFromLimits(ObjectNode resources) {
        resources.path("limits").properties().forEach(limit -> {
            var requests = resources.withObjectProperty("requests");
            if (!requests.has(limit.getKey())) {
                requests.set(limit.getKey(), limit.getValue());
            }
        });
    }

    /** Guaranteed, Burstable or BestEffort. */
    static String qosClass(JsonNode spec) {
        var resources = StreamSupport.stream(spec.path("containers").spliterator(), false)
                .map(container -> container.path("resources"))
                .toList();
        if (resources.stream()
                .allMatch(r -> r.path("requests").isEmpty() && r.path("limits").isEmpty())) {
            return "BestEffort";
        }
        boolean guaranteed = resources.stream().allMatch(r -> List.of("cpu", "memory").stream()
                .collect(Collectors.toMap(name -> name, name -> r.path("limits").path(name)))
                .entrySet()
                .stream()
                .allMatch(limit -> !limit.getValue().isMissingNode()
                        && limit.getValue().equals(r.path("requests").path(limit.getKey()))));
        return guaranteed ? "Guaranteed" : "Burstable";
    }

    private static void absent(ObjectNode object, String field, String value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }
}
