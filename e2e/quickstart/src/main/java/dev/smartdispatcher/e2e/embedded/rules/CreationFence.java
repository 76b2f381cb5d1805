package dev.smartdispatcher.e2e.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** What the chart's creation-policy.yaml refuses, in its words: pods that come too late. */
public final class CreationFence {
    private static final String POLICY = "smart-dispatcher-creations";

    private CreationFence() {}

    /** @throws ApiException if the pod, which has its creation time, was to be created before */
    public static void check(JsonNode pod) {
        var before = pod.path("metadata").path("annotations").path(Annotations.CREATE_BEFORE);
        var created = pod.path("metadata").path("creationTimestamp").asText();
        if (!before.isMissingNode() && isLate(before.asText(), created)) {
            throw new ApiException(
                    403,
                    "Forbidden",
                    "pods \"" + pod.path("metadata").path("name").asText()
                            + "\" is forbidden: ValidatingAdmissionPolicy '" + POLICY + "' with binding '" + POLICY
                            + "' denied request: too late, the pod was to be created before " + before.asText() + " ("
                            + Annotations.CREATE_BEFORE + "), and it is " + created);
        }
    }

    private static boolean isLate(String before, String created) {
        try {
            return Instant.parse(created).isAfter(Instant.parse(before));
        } catch (DateTimeParseException e) {
            return true;
        }
    }
}
