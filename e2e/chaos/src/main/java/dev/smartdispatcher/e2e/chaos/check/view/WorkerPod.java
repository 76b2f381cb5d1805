package dev.smartdispatcher.e2e.chaos.check.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** A pod of an attempt. */
public record WorkerPod(JsonNode json) {
    private static final String GROUP = "smartdispatcher.dev/";

    /** Whether a pod is one at all. */
    public static boolean is(JsonNode pod) {
        return pod != null && pod.path("metadata").path("labels").has(GROUP + "job-uid");
    }

    public String uid() {
        return json.path("metadata").path("uid").asText();
    }

    public String name() {
        return json.path("metadata").path("name").asText();
    }

    public String namespace() {
        return json.path("metadata").path("namespace").asText();
    }

    public String jobUid() {
        return label("job-uid");
    }

    public String job() {
        return label("job");
    }

    public int attempt() {
        return Integer.parseInt(label("attempt"));
    }

    public String worker() {
        return label("worker");
    }

    /** The job's UID and the attempt's number. */
    public String attemptKey() {
        return jobUid() + "/" + attempt();
    }

    public String annotation(String name) {
        return json.path("metadata").path("annotations").path(GROUP + name).asText();
    }

    public boolean isDeleted() {
        return json.path("metadata").has("deletionTimestamp");
    }

    /** The Node to which it is bound; empty if it is to none. */
    public String node() {
        return json.path("spec").path("nodeName").asText();
    }

    public String phase() {
        return json.path("status").path("phase").asText();
    }

    /** How its build ended, by the kubelet; missing if it did not. */
    public JsonNode terminated() {
        return state().path("terminated");
    }

    public boolean isRunning() {
        return state().has("running");
    }

    /**
     * Whether its build cannot run any more, by what is in the pod: the container is terminated; or there never was one, as the
     * pod was given up before it was bound or by its kubelet.
     */
    public boolean isOver() {
        if (!state().isMissingNode()) {
            return state().has("terminated");
        }
        boolean failed = "Failed".equals(phase());
        return node().isEmpty()
                ? failed || isDeleted()
                : failed && !json.path("status").path("reason").asText().isEmpty();
    }

    /** What it requests; one job. */
    public Room requested() {
        return Room.ofJob(
                build(json.path("spec").path("containers")).path("resources").path("requests"), "ephemeral-storage");
    }

    /** Whether the eviction API has taken it. */
    public boolean isEvicted() {
        for (var condition : json.path("status").path("conditions")) {
            if ("EvictionByEvictionAPI".equals(condition.path("reason").asText())) {
                return true;
            }
        }
        return false;
    }

    private JsonNode state() {
        return build(json.path("status").path("containerStatuses")).path("state");
    }

    private String label(String name) {
        return json.path("metadata").path("labels").path(GROUP + name).asText();
    }

    private static JsonNode build(JsonNode containers) {
        for (var container : containers) {
            if ("build".equals(container.path("name").asText())) {
                return container;
            }
        }
        return MissingNode.getInstance();
    }
}
