package dev.smartdispatcher.e2e.chaos.check.place;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.chaos.check.rule.Claims;
import dev.smartdispatcher.e2e.chaos.check.rule.Findings;
import dev.smartdispatcher.e2e.chaos.check.rule.Rule;
import dev.smartdispatcher.e2e.chaos.check.view.Worker;
import dev.smartdispatcher.e2e.chaos.check.view.WorkerPod;
import dev.smartdispatcher.e2e.chaos.check.view.World;
import dev.smartdispatcher.e2e.chaos.history.Change;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Nothing starts on a worker that is drained or cordoned: no allocation once the drain has had time to be seen, and no pod at all
 * once the worker is said to be Drained.
 */
public final class DrainRule implements Rule {
    private static final Set<String> SOURCES = Set.of("buildworkers", "nodes");

    private final long graceMillis;
    private final Claims claims = new Claims();
    private final Map<String, Long> since = new HashMap<>();

    public DrainRule(long graceMillis) {
        this.graceMillis = graceMillis;
    }

    @Override
    public String name() {
        return "5 a drained worker starts nothing";
    }

    @Override
    public void change(World world, Change change, JsonNode before, Findings findings) {
        if (SOURCES.contains(change.kind())) {
            if (world.worker(change.name()).filter(Worker::isDrained).isPresent()) {
                since.putIfAbsent(change.name(), change.millis());
            } else {
                since.remove(change.name());
            }
        }
        claims.apply(change, before)
                .filter(claim -> longDrained(claim.worker(), change.millis()))
                .ifPresent(claim -> findings.violation(
                        this,
                        "attempt " + claim.attempt() + " was recorded on " + claim.worker() + ", which is drained"));
        if (change.kind().equals("pods") && before == null && WorkerPod.is(change.object())) {
            created(world, new WorkerPod(change.object()), findings);
        }
    }

    private void created(World world, WorkerPod pod, Findings findings) {
        if (longDrained(pod.worker(), world.millis())) {
            findings.violation(this, "pod " + pod.name() + " was created on " + pod.worker() + ", which is drained");
        } else if (world.worker(pod.worker())
                .filter(worker -> worker.isDrained() && worker.isToldDrained())
                .isPresent()) {
            findings.violation(
                    this, "pod " + pod.name() + " was created on " + pod.worker() + ", which is said to be Drained");
        }
    }

    private boolean longDrained(String worker, long millis) {
        var start = since.get(worker);
        return start != null && start < millis - graceMillis;
    }
}
