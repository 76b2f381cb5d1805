package dev.smartdispatcher.e2e.pods;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Set;

/** The phases of pods that have ended. */
public final class PodPhase {
    public static final String SUCCEEDED = "Succeeded";
    public static final String FAILED = "Failed";
    private static final Set<String> FINISHED = Set.of(SUCCEEDED, FAILED);

    private PodPhase() {}

    public static boolean isFinished(String phase) {
        return phase != null && FINISHED.contains(phase);
    }

    public static boolean isFinished(Pod pod) {
        return pod.getStatus() != null && isFinished(pod.getStatus().getPhase());
    }
}
