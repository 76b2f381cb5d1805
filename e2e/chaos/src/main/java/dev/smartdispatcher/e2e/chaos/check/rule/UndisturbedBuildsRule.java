package dev.smartdispatcher.e2e.chaos.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.chaos.check.view.Job;
import dev.smartdispatcher.e2e.chaos.check.view.WorkerPod;
import dev.smartdispatcher.e2e.chaos.check.view.World;
import dev.smartdispatcher.e2e.chaos.history.Act;
import dev.smartdispatcher.e2e.chaos.history.Change;
import java.util.HashSet;
import java.util.Set;

/**
 * A build that runs is stopped only if somebody wanted that: its pod or job was deleted or stopped by a user, its Node declared dead, or the
 * deadline of its worker's drain has passed. No eviction is let through.
 */
public final class UndisturbedBuildsRule implements Rule {
    private final Set<String> wanted = new HashSet<>();

    @Override
    public String name() {
        return "5 a drain loses no build";
    }

    @Override
    public void act(World world, Act act, Findings findings) {
        switch (act.kind()) {
            case DeletePod, ForceDeletePod, DeleteJob -> wanted.add(act.target());
            case DeclareDead ->
                world.pods().filter(pod -> pod.node().equals(act.target())).forEach(pod -> wanted.add(pod.uid()));
            default -> {}
        }
    }

    @Override
    public void change(World world, Change change, JsonNode before, Findings findings) {
        if (change.kind().equals("buildjobs") && !change.isDeletion() && isStopped(new Job(change.object()))) {
            // For good: its build may be stopped a while after its user has changed their mind.
            wanted.add(new Job(change.object()).uid());
        }
        if (!change.kind().equals("pods") || !WorkerPod.is(before)) {
            return;
        }
        var old = new WorkerPod(before);
        if (old.node().isEmpty() || !world.mayRun(old)) {
            return;
        }
        if (change.isDeletion()) {
            // A pod that was told to go, and had no container yet, is removed by its kubelet.
            if ((old.isRunning() || !old.isDeleted()) && !isWanted(world, old)) {
                findings.violation(this, "pod " + old.name() + " disappeared while its build may have run");
            }
            return;
        }
        var pod = new WorkerPod(change.object());
        if (pod.isEvicted() && !old.isEvicted()) {
            findings.violation(this, "pod " + pod.name() + " was evicted while its build ran");
        } else if (pod.isDeleted() && !old.isDeleted() && old.isRunning() && !isWanted(world, pod)) {
            findings.violation(this, "pod " + pod.name() + " was deleted while its build ran, and nobody wanted that");
        }
    }

    private boolean isWanted(World world, WorkerPod pod) {
        return wanted.contains(pod.uid())
                || wanted.contains(pod.jobUid())
                || world.job(pod.jobUid()).filter(job -> !job.isDeleted()).isEmpty()
                || world.worker(pod.worker())
                        .filter(worker -> worker.isDeadlinePassed(world.millis()))
                        .isPresent();
    }

    /** By its user. */
    private boolean isStopped(Job job) {
        return job.spec().path("cancelled").asBoolean()
                || job.spec().path("suspend").asBoolean();
    }
}
