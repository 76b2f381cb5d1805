package dev.smartdispatcher.e2e.embedded.merge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;

/** JSON patch (RFC 6902). */
public final class JsonPatches {
    private JsonPatches() {}

    /**
     * {@code target} changed by {@code patch}; neither is changed.
     *
     * @throws ApiException 422 if an operation fails, a {@code test} among them
     */
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        try {
            return JsonPatch.apply(patch, target);
        } catch (JsonPatchException e) {
            throw new ApiException(
                    422,
                    "Invalid",
                    "the server rejected our request due to an error in our request: " + e.getMessage());
        }
    }
}
