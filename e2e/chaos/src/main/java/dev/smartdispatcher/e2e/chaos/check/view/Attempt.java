package dev.smartdispatcher.e2e.chaos.check.view;

import com.fasterxml.jackson.databind.JsonNode;

/** An attempt as a job's status has it. */
public record Attempt(JsonNode json) {
    public int number() {
        return json.path("number").asInt();
    }

    public String worker() {
        return json.path("worker").asText();
    }

    public String pod() {
        return json.path("pod").asText();
    }

    /** How it ended; empty while it may run. */
    public String outcome() {
        return json.path("outcome").asText();
    }

    public boolean isLive() {
        return outcome().isEmpty();
    }
}
