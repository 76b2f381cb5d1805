package dev.smartdispatcher.operator.attempt;

import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.arch.Mode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Pods as real kubelets report them. */
final class Pods {
    static final String CREATED = "2026-01-01T12:00:00Z";

    /** What the pods' jobs have. */
    static final Allocation ALLOCATION = new Allocation(
            "w", "x86_64", Mode.Native, 4, new Quantity("4"), new Quantity("512Mi"), new Quantity("1Gi"));

    private Pods() {}

    /** An observer so long after the pods were created. */
    static AttemptObserver observer(int secondsLater) {
        var now = Instant.parse(CREATED).plusSeconds(secondsLater);
        return new AttemptObserver(Clock.fixed(now, ZoneOffset.UTC));
    }

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
