package dev.smartdispatcher.e2e.chaos.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.chaos.check.view.Job;
import dev.smartdispatcher.e2e.chaos.check.view.WorkerPod;
import dev.smartdispatcher.e2e.chaos.check.view.World;
import dev.smartdispatcher.e2e.chaos.history.Act;
import dev.smartdispatcher.e2e.chaos.history.Change;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A job never has two pods that may both run, gets no further attempt while an earlier pod may run, and never has two containers
 * on the nodes, unless an administrator declared one of them dead.
 */
public final class OneAttemptRule implements Rule {
    /** Of pods whose containers are on nodes, by the job's UID. */
    private final Map<String, Set<String>> containers = new HashMap<>();

    private final Set<String> declaredDead = new HashSet<>();
    private final Map<String, Integer> live = new HashMap<>();

    @Override
    public String name() {
        return "2 one live attempt";
    }

    @Override
    public void change(World world, Change change, JsonNode before, Findings findings) {
        if (change.kind().equals("pods") && WorkerPod.is(change.object()) && before == null) {
            created(world, new WorkerPod(change.object()), findings);
        } else if (change.kind().equals("buildjobs") && !change.isDeletion()) {
            recorded(world, new Job(change.object()), findings);
        }
    }

    private void created(World world, WorkerPod pod, Findings findings) {
        world.podsOf(pod.jobUid())
                .filter(other -> !other.uid().equals(pod.uid()) && world.mayRun(other))
                .forEach(other -> findings.violation(
                        this, "pod " + pod.name() + " was created while " + other.name() + " may run"));
    }

    private void recorded(World world, Job job, Findings findings) {
        var attempt = job.live();
        var number = attempt.map(a -> a.number()).orElse(0);
        var known = live.put(job.uid(), number);
        if (attempt.isEmpty() || number.equals(known)) {
            return;
        }
        world.podsOf(job.uid())
                .filter(pod -> world.mayRun(pod)
                        && (pod.attempt() != number
                                || !pod.worker().equals(attempt.get().worker())))
                .forEach(pod -> findings.violation(
                        this,
                        job.key() + " was given attempt " + number + " on "
                                + attempt.get().worker() + " while pod " + pod.name() + " on " + pod.worker()
                                + " may run"));
    }

    @Override
    public void act(World world, Act act, Findings findings) {
        switch (act.kind()) {
            case ForceDeletePod -> declaredDead.add(act.target());
            case DeclareDead ->
                world.pods().filter(pod -> pod.node().equals(act.target())).forEach(pod -> declaredDead.add(pod.uid()));
            case ContainerStarted -> started(act, findings);
            case ContainerGone ->
                containers.getOrDefault(act.target(), new HashSet<>()).remove(act.detail());
            default -> {}
        }
    }

    private void started(Act act, Findings findings) {
        var running = containers.computeIfAbsent(act.target(), job -> new HashSet<>());
        running.stream()
                .filter(pod -> !declaredDead.contains(pod))
                .forEach(pod -> findings.violation(
                        this,
                        "the container of pod " + act.detail() + " started while that of pod " + pod
                                + " of the same job " + act.target() + " ran"));
        running.add(act.detail());
    }
}
