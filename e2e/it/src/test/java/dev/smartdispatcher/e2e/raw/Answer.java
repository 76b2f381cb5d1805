package dev.smartdispatcher.e2e.raw;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What an API server answers.
 *
 * @param code HTTP status
 * @param body the object, or a Status
 * @param warnings text of the Warning headers
 */
public record Answer(int code, JsonNode body, List<String> warnings) {
    public boolean accepted() {
        return code < 300;
    }

    /** Why it refused. */
    public List<Complaint> complaints() {
        return StreamSupport.stream(body.at("/details/causes").spliterator(), false)
                .map(cause -> new Complaint(
                        cause.path("field").asText(),
                        cause.path("reason").asText(),
                        cause.path("message").asText()))
                .filter(Complaint::isAboutValue)
                .toList();
    }

    /** The message of a Status. */
    public String message() {
        return body.path("message").asText();
    }
}
