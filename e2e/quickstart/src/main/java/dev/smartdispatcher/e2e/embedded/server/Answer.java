package dev.smartdispatcher.e2e.embedded.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.verbs.Written;
import java.util.List;

/**
 * What a request is answered.
 *
 * @param warnings for the {@code Warning} header
 */
public record Answer(int code, JsonNode body, List<String> warnings) {
    static Answer ok(JsonNode body) {
        return new Answer(200, body, List.of());
    }

    static Answer created(JsonNode body) {
        return new Answer(201, body, List.of());
    }

    static Answer of(Written written) {
        return new Answer(written.created() ? 201 : 200, written.object(), written.warnings());
    }

    static Answer of(ApiException refusal) {
        return new Answer(refusal.code(), refusal.status(), List.of());
    }

    public boolean isSuccess() {
        return code < 300;
    }
}
