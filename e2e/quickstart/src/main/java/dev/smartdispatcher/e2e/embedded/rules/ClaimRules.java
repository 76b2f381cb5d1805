package dev.smartdispatcher.e2e.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.schema.FieldError;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;

/** A PersistentVolumeClaim is born pending, and may change only by growing. */
final class ClaimRules implements KindRules {
    private static final String REQUEST = "/spec/resources/requests/storage";

    @Override
    public JsonNode firstStatus(ObjectNode claim) {
        return claim.objectNode().put("phase", "Pending");
    }

    @Override
    public List<FieldError> onUpdate(JsonNode before, ObjectNode after) {
        if (!fixedPart(before).equals(fixedPart(after))) {
            return List.of(FieldError.forbidden(
                    "spec", "spec is immutable after creation except resources.requests and volumeName"));
        }
        return amount(after).compareTo(amount(before)) < 0
                ? List.of(FieldError.forbidden(
                        "spec.resources.requests.storage", "field can not be less than previous value"))
                : List.of();
    }

    private static JsonNode fixedPart(JsonNode claim) {
        var spec = claim.path("spec").deepCopy();
        if (spec instanceof ObjectNode fields) {
            fields.remove("volumeName");
            if (fields.path("resources") instanceof ObjectNode resources) {
                resources.remove("requests");
            }
        }
        return spec;
    }

    private static Quantity amount(JsonNode claim) {
        return new Quantity(claim.at(REQUEST).asText("0"));
    }
}
