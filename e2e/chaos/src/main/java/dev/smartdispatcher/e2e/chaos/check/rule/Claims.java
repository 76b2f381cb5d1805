package dev.smartdispatcher.e2e.chaos.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.chaos.check.view.Job;
import dev.smartdispatcher.e2e.chaos.check.view.Room;
import dev.smartdispatcher.e2e.chaos.history.Change;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the jobs' records give of the workers, at one revision. */
public final class Claims {
    private final Map<String, Claim> byJob = new HashMap<>();
    private final Map<String, Map<String, Claim>> byWorker = new HashMap<>();

    /**
     * The record of a live attempt.
     *
     * @param attempt the job's UID and the attempt's number
     * @param revision at which it was recorded
     */
    public record Claim(String attempt, String worker, Room room, long revision, long millis) {}

    /** Goes on to the next revision. The claim of an attempt that was not recorded before, on this worker. */
    public Optional<Claim> apply(Change change, JsonNode before) {
        if (!change.kind().equals("buildjobs")) {
            return Optional.empty();
        }
        var job = new Job(change.isDeletion() ? before : change.object());
        var old = byJob.remove(job.uid());
        if (old != null) {
            byWorker.get(old.worker()).remove(job.uid());
        }
        if (change.isDeletion() || job.live().isEmpty()) {
            return Optional.empty();
        }
        var live = job.live().get();
        var attempt = job.uid() + "/" + live.number();
        boolean known =
                old != null && old.attempt().equals(attempt) && old.worker().equals(live.worker());
        var claim = new Claim(
                attempt,
                live.worker(),
                job.allocated(),
                known ? old.revision() : change.revision(),
                known ? old.millis() : change.millis());
        byJob.put(job.uid(), claim);
        byWorker.computeIfAbsent(live.worker(), w -> new HashMap<>()).put(job.uid(), claim);
        return known ? Optional.empty() : Optional.of(claim);
    }

    /** Those on a worker. */
    public Stream<Claim> on(String worker) {
        return byWorker.getOrDefault(worker, Map.of()).values().stream();
    }

    /** The claim of a job's live attempt. */
    public Optional<Claim> of(String jobUid) {
        return Optional.ofNullable(byJob.get(jobUid));
    }
}
