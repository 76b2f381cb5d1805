package dev.smartdispatcher.e2e.chaos.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.chaos.check.view.Job;
import dev.smartdispatcher.e2e.chaos.check.view.WorkerPod;
import dev.smartdispatcher.e2e.chaos.check.view.World;
import dev.smartdispatcher.e2e.chaos.history.Change;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pod is created only for an attempt that its job records as live, on the recorded worker, with the recorded amounts, under the
 * one name that follows from job, UID and attempt, and once (or again, if the first pod was gone before any operator saw it). An attempt is taken back only if it has no pod that may run.
 * Nothing has finalizers.
 */
public final class RecordFirstRule implements Rule {
    private static final int UID_PART = 5;
    private static final Set<String> PLAIN = Set.of("pods", "buildjobs", "buildworkers");

    /** Jobs that are gone, as they were last. */
    private final Map<String, Job> gone = new HashMap<>();

    private final Map<String, String> pods = new HashMap<>();
    /** Attempts of which a status said that they had started. */
    private final Set<String> started = new HashSet<>();

    @Override
    public String name() {
        return "4 record before act";
    }

    @Override
    public void change(World world, Change change, JsonNode before, Findings findings) {
        if (change.kind().equals("buildjobs")) {
            if (change.isDeletion()) {
                gone.put(new Job(before).uid(), new Job(before));
            } else if (before != null) {
                var job = new Job(change.object());
                job.live()
                        .filter(attempt -> attempt.json().has("startTime"))
                        .ifPresent(attempt -> started.add(job.uid() + "/" + attempt.number()));
                takenBack(world, new Job(before), job, findings);
            }
        }
        if (change.kind().equals("pods") && before == null && WorkerPod.is(change.object())) {
            created(world, new WorkerPod(change.object()), findings);
        }
        if (PLAIN.contains(change.kind()) && !change.isDeletion()) {
            var finalizers = change.object().path("metadata").path("finalizers");
            if (!finalizers.isEmpty() && (!change.kind().equals("pods") || WorkerPod.is(change.object()))) {
                findings.violation(this, change.kind() + " " + change.name() + " has finalizers " + finalizers);
            }
        }
    }

    private void created(World world, WorkerPod pod, Findings findings) {
        var what = "pod " + pod.name() + " was created ";
        var other = pods.put(pod.attemptKey(), pod.uid());
        if (other != null && started.contains(pod.attemptKey())) {
            findings.violation(
                    this, what + "though attempt " + pod.attempt() + " of " + pod.job() + " had started in " + other);
        } else if (other != null) {
            findings.count("pods created anew, as no operator saw the first before it was gone");
        }
        var job = world.job(pod.jobUid()).or(() -> Optional.ofNullable(gone.get(pod.jobUid())));
        if (job.isEmpty()) {
            findings.violation(this, what + "for a job that there never was");
            return;
        }
        var live = job.get().live().filter(attempt -> attempt.number() == pod.attempt());
        if (live.isEmpty()) {
            findings.violation(
                    this,
                    what + "though attempt " + pod.attempt() + " is not recorded as live: "
                            + job.get().status().path("attempts"));
            return;
        }
        if (!live.get().worker().equals(pod.worker())) {
            findings.violation(
                    this,
                    what + "on " + pod.worker() + ", recorded is " + live.get().worker());
        }
        if (!same(job.get(), pod)) {
            findings.violation(
                    this,
                    what + "with " + pod.requested() + ", recorded is "
                            + job.get().allocated());
        }
        var name = job.get().name() + "-" + pod.jobUid().replace("-", "").substring(0, UID_PART) + "-" + pod.attempt();
        if (!pod.name().equals(name) || !live.get().pod().equals(name)) {
            findings.violation(this, what + "under a name that is not " + name);
        }
    }

    private static boolean same(Job job, WorkerPod pod) {
        var recorded = job.allocated();
        var requested = pod.requested();
        return recorded.cpu().compareTo(requested.cpu()) == 0
                && recorded.memory().compareTo(requested.memory()) == 0
                && recorded.disk().compareTo(requested.disk()) == 0;
    }

    private void takenBack(World world, Job old, Job job, Findings findings) {
        var attempt = old.live();
        if (!old.uid().equals(job.uid())
                || attempt.isEmpty()
                || job.attempt(attempt.get().number())
                        .filter(a -> a.worker().equals(attempt.get().worker()))
                        .isPresent()) {
            return;
        }
        world.podsOf(job.uid())
                .filter(pod -> pod.attempt() == attempt.get().number() && world.mayRun(pod))
                .forEach(pod -> findings.violation(
                        this,
                        "attempt " + pod.attempt() + " of " + job.key() + " was taken back though its pod may run"));
        if (attempt.get().json().has("startTime")) {
            findings.violation(
                    this,
                    "attempt " + attempt.get().number() + " of " + job.key() + " was taken back though it had started");
        }
        findings.count("attempts taken back");
    }
}
