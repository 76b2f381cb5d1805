package dev.smartdispatcher.e2e.chaos.check.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.chaos.history.Change;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All objects at one revision. */
public final class World {
    private final Map<String, Map<String, JsonNode>> objects = new HashMap<>();
    /** Of jobs that exist, by UID their names. */
    private final Map<String, String> jobs = new HashMap<>();
    /** Of worker pods that exist, by the job's UID. */
    private final Map<String, Map<String, WorkerPod>> podsOfJob = new HashMap<>();

    private final Map<String, Map<String, WorkerPod>> podsOfWorker = new HashMap<>();
    /** UIDs of pods whose Node was deleted or declared out of service: it may come back, and they do not. */
    private final Set<String> dead = new HashSet<>();

    private long millis;

    /** Goes on to the next revision. The object as it was before; null if it was not there. */
    public JsonNode apply(Change change) {
        millis = change.millis();
        var kind = objects.computeIfAbsent(change.kind(), k -> new TreeMap<>());
        var before = change.isDeletion() ? kind.remove(change.name()) : kind.put(change.name(), change.object());
        switch (change.kind()) {
            case "pods" -> index(change, before);
            case "nodes" -> {
                if (change.isDeletion() || Worker.isOutOfService(change.object())) {
                    pods().filter(pod -> pod.node().equals(change.name())).forEach(pod -> dead.add(pod.uid()));
                }
            }
            case "buildjobs" -> {
                if (before != null) {
                    jobs.remove(new Job(before).uid());
                }
                if (!change.isDeletion()) {
                    jobs.put(new Job(change.object()).uid(), change.name());
                }
            }
            default -> {}
        }
        return before;
    }

    private void index(Change change, JsonNode before) {
        if (WorkerPod.is(before)) {
            var pod = new WorkerPod(before);
            remove(podsOfJob, pod.jobUid(), pod.uid());
            remove(podsOfWorker, pod.worker(), pod.uid());
        }
        if (WorkerPod.is(change.object())) {
            var pod = new WorkerPod(change.object());
            podsOfJob.computeIfAbsent(pod.jobUid(), k -> new TreeMap<>()).put(pod.uid(), pod);
            podsOfWorker.computeIfAbsent(pod.worker(), k -> new TreeMap<>()).put(pod.uid(), pod);
        }
    }

    private static void remove(Map<String, Map<String, WorkerPod>> index, String key, String uid) {
        var pods = index.get(key);
        if (pods != null) {
            pods.remove(uid);
            if (pods.isEmpty()) {
                index.remove(key);
            }
        }
    }

    /** When it was so, in milliseconds since 1970. */
    public long millis() {
        return millis;
    }

    public Map<String, JsonNode> all(String kind) {
        return objects.getOrDefault(kind, Map.of());
    }

    public Stream<Job> jobs() {
        return all("buildjobs").values().stream().map(Job::new);
    }

    /** The job of this UID, if there is one. */
    public Optional<Job> job(String uid) {
        return Optional.ofNullable(jobs.get(uid))
                .map(name -> new Job(all("buildjobs").get(name)));
    }

    public Stream<WorkerPod> pods() {
        return podsOfJob.values().stream().flatMap(pods -> pods.values().stream());
    }

    public Stream<WorkerPod> podsOf(String jobUid) {
        return podsOfJob.getOrDefault(jobUid, Map.of()).values().stream();
    }

    public Stream<WorkerPod> podsOn(String worker) {
        return podsOfWorker.getOrDefault(worker, Map.of()).values().stream();
    }

    public Optional<Worker> worker(String name) {
        return Optional.ofNullable(all("buildworkers").get(name))
                .map(json -> new Worker(json, all("nodes").get(name)));
    }

    /**
     * Whether a pod's build may run: it is not over by what is in the pod, and its Node has neither been deleted nor declared out
     * of service.
     */
    public boolean mayRun(WorkerPod pod) {
        return !pod.isOver()
                && !dead.contains(pod.uid())
                && (pod.node().isEmpty() || all("nodes").containsKey(pod.node()));
    }
}
