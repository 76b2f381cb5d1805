package dev.smartdispatcher.e2e.chaos.check.told;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.chaos.check.rule.Claims;
import dev.smartdispatcher.e2e.chaos.check.view.Job;
import dev.smartdispatcher.e2e.chaos.check.view.Room;
import dev.smartdispatcher.e2e.chaos.check.view.Worker;
import dev.smartdispatcher.e2e.chaos.check.view.World;
import dev.smartdispatcher.e2e.chaos.history.Change;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Since when workers take jobs, and since when they have been idle. */
final class OpenWorkers {
    /** Less than an operator waits until it takes a worker for silent. */
    private static final long SILENT_MILLIS = 120_000;

    private final Map<String, Long> openSince = new HashMap<>();
    private final Map<String, Long> busyUntil = new HashMap<>();
    private final Map<String, Since> budgets = new HashMap<>();

    /** What agents said last, and when that came. */
    private final Map<String, String> beats = new HashMap<>();

    private final Map<String, Long> beatMillis = new HashMap<>();

    private record Since(long millis, Room room) {}

    /** Goes on to the next revision. */
    void apply(World world, Claims claims, Change change, JsonNode before) {
        switch (change.kind()) {
            case "buildworkers", "nodes" -> look(world, change);
            case "buildjobs" ->
                Stream.of(Optional.ofNullable(before), Optional.ofNullable(change.object()))
                        .flatMap(Optional::stream)
                        .forEach(json -> new Job(json)
                                .last()
                                .ifPresent(attempt -> busyUntil.put(attempt.worker(), change.millis())));
            case "pods" ->
                Stream.of(Optional.ofNullable(before), Optional.ofNullable(change.object()))
                        .flatMap(Optional::stream)
                        .forEach(json -> busyUntil.put(
                                json.path("metadata")
                                        .path("labels")
                                        .path("smartdispatcher.dev/worker")
                                        .asText(),
                                change.millis()));
            default -> {}
        }
    }

    private void look(World world, Change change) {
        var worker = world.worker(change.name());
        if (worker.filter(OpenWorkers::isOpen).isEmpty()) {
            openSince.remove(change.name());
            return;
        }
        hear(change, worker.get());
        openSince.putIfAbsent(change.name(), change.millis());
        var room = worker.get().budget();
        if (!budgets.containsKey(change.name())
                || !budgets.get(change.name()).room().equals(room)) {
            budgets.put(change.name(), new Since(change.millis(), room));
        }
    }

    /** A worker whose agent was silent for so long that it may have been closed for that was not open meanwhile. */
    private void hear(Change change, Worker worker) {
        var beat = worker.agent().path("observedTime").asText();
        if (!beat.equals(beats.put(change.name(), beat))) {
            var last = beatMillis.put(change.name(), change.millis());
            if (last != null && last < change.millis() - SILENT_MILLIS) {
                openSince.put(change.name(), change.millis());
            }
        }
    }

    private static boolean isOpen(Worker worker) {
        return worker.node() != null
                && !worker.isDrained()
                && worker.node().path("spec").path("taints").isEmpty()
                && !worker.agent().isMissingNode()
                && isReady(worker.node());
    }

    private static boolean isReady(JsonNode node) {
        for (var condition : node.path("status").path("conditions")) {
            if ("Ready".equals(condition.path("type").asText())) {
                return "True".equals(condition.path("status").asText());
            }
        }
        return false;
    }

    /** A worker that could have taken this job for the whole of the last while: open, idle and large enough. */
    Optional<String> idle(World world, Claims claims, Job job, long graceMillis) {
        long begin = world.millis() - graceMillis;
        return openSince.entrySet().stream()
                .filter(entry -> entry.getValue() < begin)
                .map(Map.Entry::getKey)
                .filter(name -> beatMillis.getOrDefault(name, 0L) > world.millis() - SILENT_MILLIS)
                .filter(name -> busyUntil.getOrDefault(name, 0L) < begin)
                .filter(name -> budgets.get(name).millis() < begin)
                .filter(name -> claims.on(name).findAny().isEmpty()
                        && world.podsOn(name).noneMatch(world::mayRun))
                .filter(name -> budgets.get(name).room().lacking(job.least()).isEmpty())
                .filter(name -> builds(world, name, job))
                .findFirst();
    }

    private static boolean builds(World world, String name, Job job) {
        var worker = world.worker(name);
        if (worker.isEmpty()) {
            return false;
        }
        for (var target : worker.get().agent().path("targets")) {
            if (target.path("arch")
                    .asText()
                    .equals(job.spec().path("targetArch").asText())) {
                return true;
            }
        }
        return false;
    }
}
