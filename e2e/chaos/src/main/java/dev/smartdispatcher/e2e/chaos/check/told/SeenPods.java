package dev.smartdispatcher.e2e.chaos.check.told;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.smartdispatcher.e2e.chaos.check.view.WorkerPod;
import dev.smartdispatcher.e2e.chaos.history.Change;
import java.util.HashMap;
import java.util.Map;

/** What the pods of attempts have shown so far, those that are gone included. */
final class SeenPods {
    private final Map<String, Seen> seen = new HashMap<>();

    /**
     * The pod of an attempt.
     *
     * @param ran whether its container was ever seen to run or to have run
     * @param terminated how the container ended; missing if that was never shown
     * @param endMillis when that was first shown; 0 if it was not
     * @param goneMillis when the pod was gone; 0 if it is there
     */
    record Seen(
            String name,
            String jobUid,
            int attempt,
            boolean ran,
            JsonNode terminated,
            long endMillis,
            long goneMillis) {
        private static final Seen NEVER = new Seen("", "", 0, false, MissingNode.getInstance(), 0, 0);

        boolean isThere() {
            return !name.isEmpty() && goneMillis == 0;
        }

        /** Whether the build's entry reports that it succeeded. */
        boolean succeeded() {
            return terminated.path("exitCode").asInt(-1) == 0
                    && !terminated.path("message").asText().isEmpty();
        }

        /** Whether the build was stopped rather than ended. */
        boolean wasStopped() {
            return terminated.path("message").asText().contains("\"terminated\":true")
                    || terminated.path("message").asText().isEmpty();
        }

        /** For how long its end was there to be seen. */
        long shownMillis(long now) {
            return endMillis == 0 ? 0 : (goneMillis == 0 ? now : goneMillis) - endMillis;
        }
    }

    /** Goes on to the next revision. */
    void apply(Change change, JsonNode before) {
        if (!change.kind().equals("pods")) {
            return;
        }
        var json = change.isDeletion() ? before : change.object();
        if (!WorkerPod.is(json)) {
            return;
        }
        var pod = new WorkerPod(json);
        var old = of(pod.attemptKey());
        var terminated = pod.terminated().isMissingNode() ? old.terminated() : pod.terminated();
        seen.put(
                pod.attemptKey(),
                new Seen(
                        pod.name(),
                        pod.jobUid(),
                        pod.attempt(),
                        old.ran() || pod.isRunning() || !terminated.isMissingNode(),
                        terminated,
                        old.endMillis() > 0 ? old.endMillis() : terminated.isMissingNode() ? 0 : change.millis(),
                        change.isDeletion() ? change.millis() : 0));
    }

    /** By the job's UID and the attempt's number. */
    Seen of(String attempt) {
        return seen.getOrDefault(attempt, Seen.NEVER);
    }

    Iterable<Seen> all() {
        return seen.values();
    }
}
