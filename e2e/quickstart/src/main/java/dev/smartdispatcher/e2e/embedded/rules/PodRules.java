package dev.smartdispatcher.e2e.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.schema.FieldError;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Pods: defaults, references between their parts, and a spec that hardly anything may change. */
final class PodRules implements KindRules {
    private static final String FIXED = "pod updates may not change fields other than `spec.containers[*].image`,"
            + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing"
            + " tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    @Override
    public List<FieldError> onCreate(ObjectNode pod) {
        var spec = pod.withObjectProperty("spec");
        PodDefaults.complete(spec);
        return check(spec);
    }

    @Override
    public JsonNode firstStatus(ObjectNode pod) {
        return pod.objectNode().put("phase", "Pending").put("qosClass", PodDefaults.qosClass(pod.path("spec")));
    }

    @Override
    public List<FieldError> onUpdate(JsonNode before, ObjectNode after) {
        PodDefaults.complete(after.withObjectProperty("spec"));
        return fixedPart(before).equals(fixedPart(after)) ? List.of() : List.of(FieldError.forbidden("spec", FIXED));
    }

    private static JsonNode fixedPart(JsonNode pod) {
        var spec = pod.path("spec").deepCopy();
        if (spec instanceof ObjectNode fields) {
            fields.remove(List.of("activeDeadlineSeconds", "tolerations"));
            fields.path("containers").forEach(container -> ((ObjectNode) container).remove("image"));
            fields.path("initContainers").forEach(container -> ((ObjectNode) container).remove("image"));
        }
        return spec;
    }

    private static List<FieldError> check(JsonNode spec) {
        var errors = new ArrayList<FieldError>();
        var volumes = new HashSet<String>();
        spec.path("volumes").forEach(volume -> volumes.add(volume.path("name").asText()));
        var containers = spec.path("containers");
        if (containers.isEmpty()) {
            errors.add(FieldError.required("spec.containers", ""));
        }
        for (int i = 0; i < containers.size(); i++) {
            var at = "spec.containers[" + i + "]";
            for (var field : List.of("name", "image")) {
                if (containers.get(i).path(field).asText("").isEmpty()) {
                    errors.add(FieldError.required(at + "." + field, ""));
                }
            }
            mounts(containers.get(i).path("volumeMounts"), volumes, at, errors);
        }
        errors.addAll(requestsWithinLimits(containers));
        return errors;
    }

    private static void mounts(JsonNode mounts, HashSet<String> volumes, String container, List<FieldError> errors) {
        var paths = new HashSet<String>();
        for (int i = 0; i < mounts.size(); i++) {
            var at = container + ".volumeMounts[" + i + "]";
            var name = mounts.get(i).path("name").asText();
            var path = mounts.get(i).path("mountPath").asText();
            if (!volumes.contains(name)) {
                errors.add(new FieldError(at + ".name", "FieldValueNotFound", "Not found: \"" + name + "\""));
            }
            if (!paths.add(path)) {
                errors.add(FieldError.invalid(at + ".mountPath", "\"" + path + "\"", "must be unique"));
            }
        }
    }

    private static List<FieldError> requestsWithinLimits(JsonNode containers) {
        var errors = new ArrayList<FieldError>();
        for (int i = 0; i < containers.size(); i++) {
            var resources = containers.get(i).path("resources");
            for (var request : resources.path("requests").properties()) {
                var limit = resources.path("limits").path(request.getKey());
                var wanted = request.getValue().asText();
                if (limit.isTextual() && new Quantity(wanted).compareTo(new Quantity(limit.asText())) > 0) {
                    errors.add(FieldError.invalid(
                            "spec.containers[" + i + "].resources.requests",
                            "\"" + wanted + "\"",
                            "must be less than or equal to " + request.getKey() + " limit of " + limit.asText()));
                }
            }
        }
        return errors;
    }
}
