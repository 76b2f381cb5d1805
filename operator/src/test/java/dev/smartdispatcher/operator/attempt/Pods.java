package dev.smartdispatcher.operator.attempt;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Pods as real kubelets report them. */
final class Pods {
    static final String CREATED = "2026-01-01T12:00:00Z";

    private Pods() {}

    /** A pod with this status, in YAML's flow style. */
    static Pod with(String status) {
        return with("", status);
    }

    static Pod with(String metadata, String status) {
        return Serialization.unmarshal(
                "--- {metadata: {name: p, creationTimestamp: '" + CREATED + "'" + metadata
                        + "}, spec: {containers: [{name:"
                        + " build, env: [{name: BUILD_DEADLINE_SECONDS, value: '20'}]}]}, status: {" + status + "}}",
                Pod.class);
    }

    /** With one container in this state. */
    static Pod container(String phase, String state) {
        return with("phase: " + phase + ", containerStatuses: [{name: build, state: " + state + "}]");
    }

    /** With a terminated container, while the phase still says Running: as it is seen first. */
    static Pod terminated(int exitCode, String reason, String message) {
        return container("Running", terminatedState(exitCode, reason, message));
    }

    static String terminatedState(int exitCode, String reason, String message) {
        return "{terminated: {exitCode: " + exitCode + ", reason: " + reason + ", message: '" + message
                + "', startedAt: '2026-01-01T12:00:01Z', finishedAt: '2026-01-01T12:00:09Z'}}";
    }
}
