package dev.smartdispatcher.e2e.chaos.check.place;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.chaos.check.rule.Findings;
import dev.smartdispatcher.e2e.chaos.check.rule.Rule;
import dev.smartdispatcher.e2e.chaos.check.view.Job;
import dev.smartdispatcher.e2e.chaos.check.view.WorkerPod;
import dev.smartdispatcher.e2e.chaos.check.view.World;
import dev.smartdispatcher.e2e.chaos.history.Change;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A pod mounts the lists that are recorded, these are those of the worker's real architecture and mode in the environment as it
 * is (or was a moment ago), and the ConfigMap holds them when the pod is created.
 */
public final class ListsRule implements Rule {
    private final long graceMillis;
    private final Map<String, Deque<Since>> environments = new HashMap<>();

    private record Since(long millis, JsonNode environment) {}

    public ListsRule(long graceMillis) {
        this.graceMillis = graceMillis;
    }

    @Override
    public String name() {
        return "6 lists follow the worker";
    }

    @Override
    public void change(World world, Change change, JsonNode before, Findings findings) {
        if (change.kind().equals("buildenvironments") && !change.isDeletion()) {
            var versions = environments.computeIfAbsent(change.name(), e -> new ArrayDeque<>());
            versions.addFirst(new Since(change.millis(), change.object()));
        } else if (change.kind().equals("pods") && before == null && WorkerPod.is(change.object())) {
            var pod = new WorkerPod(change.object());
            world.job(pod.jobUid())
                    .filter(job ->
                            job.live().filter(a -> a.number() == pod.attempt()).isPresent())
                    .ifPresent(job -> created(world, job, pod, findings));
        }
    }

    private void created(World world, Job job, WorkerPod pod, Findings findings) {
        var what = "pod " + pod.name() + " ";
        var allocation = job.status().path("allocation");
        var packages = job.status().path("packages");
        var host = allocation.path("hostArch").asText();
        var mode = allocation.path("mode").asText();
        var target = job.spec().path("targetArch").asText();
        if (!offers(world, pod.worker(), host, target, mode)) {
            findings.violation(
                    this,
                    what + "is for a worker " + host + " that builds " + target + " as " + mode + ", which "
                            + pod.worker() + " is not");
        }
        var lists = recorded(job, host, target, mode, packages.path("digest").asText(), world.millis());
        if (lists.isEmpty()) {
            findings.violation(
                    this,
                    what + "has lists that the environment does not say for " + host + ", " + target + ", " + mode);
            return;
        }
        var map = packages.path("configMap").asText();
        var stored = world.all("configmaps").get(pod.namespace() + "/" + map);
        if (stored == null || !lists.get().isIn(stored)) {
            findings.violation(this, what + "mounts " + map + ", which does not hold the recorded lists");
        }
        if (!pod.json().path("spec").path("volumes").findValuesAsText("name").contains(map)) {
            findings.violation(this, what + "does not mount the recorded lists " + map);
        }
        if (!pod.annotation("plan").equals(packages.path("plan").asText())) {
            findings.violation(this, what + "is made from another plan than is recorded");
        }
    }

    /** The lists of this digest, from the environment as it was within the last while. */
    private Optional<PlainLists> recorded(
            Job job, String host, String target, String mode, String digest, long millis) {
        var versions = environments.getOrDefault(job.spec().path("environment").asText(), new ArrayDeque<>());
        for (var version : versions) {
            var lists = PlainLists.of(version.environment(), host, target, mode);
            if (lists.digest().equals(digest)) {
                return Optional.of(lists);
            }
            if (version.millis() < millis - graceMillis) {
                break;
            }
        }
        return Optional.empty();
    }

    /** Cross building is the environment's to offer, the other modes the worker's. */
    private static boolean offers(World world, String name, String host, String target, String mode) {
        var worker = world.worker(name);
        if (worker.isEmpty() || !worker.get().agent().path("hostArch").asText().equals(host)) {
            return false;
        }
        for (var offered : worker.get().agent().path("targets")) {
            if (offered.path("arch").asText().equals(target)
                    && offered.path("mode").asText().equals(mode)) {
                return true;
            }
        }
        return mode.equals("Cross");
    }
}
