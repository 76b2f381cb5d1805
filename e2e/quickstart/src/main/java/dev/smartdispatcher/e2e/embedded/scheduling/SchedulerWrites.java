package dev.smartdispatcher.e2e.embedded.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.model.Gvr;
import dev.smartdispatcher.e2e.embedded.model.Meta;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.ResourcePath;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.embedded.server.ApiServer;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What the scheduler writes: bindings, and the condition that says why there is none. */
final class SchedulerWrites {
    private static final Gvr PODS = new Gvr("", "v1", "pods");
    private static final String STRATEGIC = "application/strategic-merge-patch+json";

    private final ApiServer api;
    private final Clock clock;

    SchedulerWrites(ApiServer api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    void bind(JsonNode pod, String node) {
        var binding = JsonNodeFactory.instance.objectNode();
        binding.putObject("target").put("kind", "Node").put("name", node);
        write(Verb.CREATE, pod, "binding", "application/json", binding);
    }

    /** Says why no node takes the pod: how many nodes there are for each reason. */
    void unschedulable(JsonNode pod, Map<String, Integer> refusals, int nodes) {
        var why = refusals.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .sorted()
                .collect(Collectors.joining(", "));
        unschedulable(pod, nodes == 0 ? "no nodes available to schedule pods" : why, nodes);
    }

    /** Says why no node takes the pod. */
    void unschedulable(JsonNode pod, String why, int nodes) {
        var available = "0/" + nodes + " nodes are available: ";
        var message =
                available + why + ". preemption: " + available + nodes + " Preemption is not helpful for scheduling.";
        if (isSaid(pod, message)) {
            return;
        }
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("status")
                .putArray("conditions")
                .addObject()
                .put("type", "PodScheduled")
                .put("status", "False")
                .put("reason", "Unschedulable")
                .put("message", message)
                .put(
                        "lastTransitionTime",
                        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        write(Verb.PATCH, pod, "status", STRATEGIC, patch);
    }

    private static boolean isSaid(JsonNode pod, String message) {
        return StreamSupport.stream(pod.at("/status/conditions").spliterator(), false)
                .anyMatch(condition -> condition.path("message").asText().equals(message));
    }

    private void write(Verb verb, JsonNode pod, String subresource, String contentType, ObjectNode body) {
        var meta = Meta.of(pod);
        api.handle(ApiRequest.internal(
                verb,
                new ResourcePath(PODS, meta.namespace(), meta.name(), subresource),
                contentType,
                Scheduler.NAME,
                body));
    }
}
