package dev.smartdispatcher.operator.scheduler.queue;

import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.scheduler.index.Candidate;
import dev.smartdispatcher.operator.scheduler.placement.AwaitedWorker;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which jobs wait for a faster worker in a cycle instead of starting on one that emulates. In a cycle one job at most waits for each
 * worker, so that there are no more of them than workers; and a job that waits does so until the cycle's end. The next cycle looks
 * at each of them again.
 */
public final class AwaitedWorkers {
    private final Set<String> workers = new HashSet<>();
    /** By the jobs' UIDs. */
    private Map<String, AwaitedWorker> byJob = new HashMap<>();

    private Map<String, AwaitedWorker> before = Map.of();

    /** A cycle begins. */
    public void begin() {
        before = byJob;
        byJob = new HashMap<>();
        workers.clear();
    }

    /** Whether a job waits for a worker rather than to start on the candidate, which it could. */
    public boolean await(QueuedJob queued, Candidate candidate, int parallelism, Instant now) {
        if (candidate.mode != Mode.Emulated) {
            return false;
        }
        var job = queued.job();
        var bound = AwaitedWorker.bound(job, candidate.state.worker(), candidate.penaltyPercent, parallelism, now);
        if (!now.isBefore(bound)) {
            return false;
        }
        var admission = queued.admission(now);
        Optional<AwaitedWorker> soonest = Optional.empty();
        for (var other : queued.equivalenceClass().candidates()) {
            var state = other.state;
            if (!workers.contains(state.name())
                    && admission.refusal(state.worker()).isEmpty()) {
                var option = AwaitedWorker.of(
                        job, state.snapshot(), other.mode, other.penaltyPercent, state.claims(), bound, now);
                if (option.isPresent()
                        && (soonest.isEmpty() || AwaitedWorker.SOONEST.compare(option.get(), soonest.get()) < 0)) {
                    soonest = option;
                }
            }
        }
        soonest.ifPresent(awaited -> {
            byJob.put(queued.uid(), awaited);
            workers.add(awaited.worker().name());
        });
        return soonest.isPresent();
    }

    /** What a job waits for, as of the last cycle; empty if it does not wait in this way. */
    public Optional<AwaitedWorker> of(String uid) {
        return Optional.ofNullable(byJob.get(uid));
    }

    /** Whether a job waits in this way. */
    public boolean holds(String uid) {
        return byJob.containsKey(uid);
    }

    /** The jobs that wait in this way, by their UIDs. */
    public Set<String> jobs() {
        return Collections.unmodifiableSet(byJob.keySet());
    }

    /** The jobs that wait for another worker than in the cycle before, or do not wait in this way any more. */
    public Set<String> changed() {
        var changed = new HashSet<>(byJob.keySet());
        changed.addAll(before.keySet());
        changed.removeIf(job -> Objects.equals(byJob.get(job), before.get(job)));
        return changed;
    }
}
