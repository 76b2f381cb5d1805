package dev.smartdispatcher.e2e.chaos.check.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** A BuildWorker, with its Node where there is one. */
public record Worker(JsonNode json, JsonNode node) {
    private static final String GROUP = "smartdispatcher.dev/";
    private static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";

    public String name() {
        return json.path("metadata").path("name").asText();
    }

    public JsonNode agent() {
        return json.path("status").path("agent");
    }

    /** What builds may use: the administrator's limits, else the agent's, at most what the Node offers to pods. */
    public Room budget() {
        var limits = Room.offered(json.path("spec").path("limits"), "disk", "jobs");
        var recommended = Room.offered(agent().path("recommendedLimits"), "disk", "jobs");
        var stated = new Room(
                pick("cpu") ? limits.cpu() : recommended.cpu(),
                pick("memory") ? limits.memory() : recommended.memory(),
                pick("disk") ? limits.disk() : recommended.disk(),
                pick("jobs") ? limits.jobs() : recommended.jobs());
        return node == null
                ? stated
                : stated.min(
                        Room.offered(node.path("status").path("allocatable"), "ephemeral-storage", "no-limit-of-jobs"));
    }

    private boolean pick(String amount) {
        return json.path("spec").path("limits").has(amount);
    }

    /** Whether an administrator wants nothing to start here, by annotation or by a cordoned Node. */
    public boolean isDrained() {
        return annotations().has(GROUP + "drain")
                || node != null && node.path("spec").path("unschedulable").asBoolean();
    }

    public boolean hasDeadline() {
        return annotations().has(GROUP + "drain-deadline");
    }

    /** Whether what runs here may be stopped at this time. */
    public boolean isDeadlinePassed(long millis) {
        var deadline = annotations().path(GROUP + "drain-deadline").asText();
        try {
            return isDrained() && !deadline.isEmpty() && Instant.parse(deadline).toEpochMilli() <= millis;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** Whether the operator says that nothing runs here any more. */
    public boolean isToldDrained() {
        for (var condition : json.path("status").path("conditions")) {
            if ("Drained".equals(condition.path("type").asText())) {
                return "True".equals(condition.path("status").asText());
            }
        }
        return false;
    }

    /** Whether a Node's builds are declared dead by its taint. */
    public static boolean isOutOfService(JsonNode node) {
        for (var taint : node.path("spec").path("taints")) {
            if (OUT_OF_SERVICE.equals(taint.path("key").asText())) {
                return true;
            }
        }
        return false;
    }

    private JsonNode annotations() {
        return json.path("metadata").path("annotations");
    }
}
