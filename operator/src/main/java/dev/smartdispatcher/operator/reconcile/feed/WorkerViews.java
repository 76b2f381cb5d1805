package dev.smartdispatcher.operator.reconcile.feed;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.availability.OtherDisk;
import dev.smartdispatcher.operator.availability.OtherUse;
import dev.smartdispatcher.operator.availability.Workers;
import dev.smartdispatcher.operator.dispatch.core.Dispatcher;
import dev.smartdispatcher.operator.dispatch.fleet.Claim;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.policy.Isolations;
import dev.smartdispatcher.operator.reconcile.Caches;
import dev.smartdispatcher.operator.reconcile.LogKeys;
import dev.smartdispatcher.operator.reconcile.standing.Standings;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the dispatcher of workers. */
final class WorkerViews {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerViews.class);

    private final Caches caches;
    private final Standings standings;
    private final Map<String, Others> told = new HashMap<>();
    /** Workers of which nothing can be said but why they take no job. */
    private final Map<String, Reason> unknown = new HashMap<>();

    /** What others than builds use of a worker. */
    private record Others(OtherUse cpu, OtherDisk disk) {
        private static final Others UNKNOWN = new Others(OtherUse.UNKNOWN, OtherDisk.UNKNOWN);
    }

    WorkerViews(Caches caches, Standings standings) {
        this.caches = caches;
        this.standings = standings;
    }

    /** All workers that there are or were. */
    Set<String> names() {
        var names = new HashSet<>(told.keySet());
        names.addAll(unknown.keySet());
        caches.workers().forEach(w -> names.add(w.getMetadata().getName()));
        return names;
    }

    /** Tells what is true of some workers now. */
    void tell(Set<String> names, Dispatcher dispatcher) {
        var before = Map.copyOf(unknown);
        names.forEach(name -> tellAlone(name, dispatcher));
        if (!before.equals(unknown)) {
            tellUnknown(dispatcher);
        }
    }

    /** Tells a dispatcher that is new of the workers of which nothing can be said. */
    void tellUnknown(Dispatcher dispatcher) {
        var counts = new EnumMap<Reason, Integer>(Reason.class);
        unknown.values().forEach(reason -> counts.merge(reason, 1, Integer::sum));
        dispatcher.unknown(counts);
    }

    /** What nobody has foreseen of one worker closes that worker, and does not end the pass. */
    private void tellAlone(String name, Dispatcher dispatcher) {
        try {
            tell(name, dispatcher);
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue(LogKeys.WORKER, name)
                    .setCause(e)
                    .log("the worker cannot be judged, it takes no jobs until it is changed");
            told.remove(name);
            unknown.put(name, Reason.InvalidFacts);
            dispatcher.removeWorker(name);
        }
    }

    private void tell(String name, Dispatcher dispatcher) {
        var before = Optional.ofNullable(told.remove(name)).orElse(Others.UNKNOWN);
        unknown.remove(name);
        var known = caches.worker(name);
        var view = known.flatMap(this::view);
        view.ifPresent(worker -> {
            var facts = known.orElseThrow().getStatus().agent();
            var given =
                    ObservedClaims.on(name, caches).stream().map(Claim::room).reduce(Room.NONE, Room::plus);
            var use = before.cpu.next(facts, worker.budget(), given.cpuMillis());
            var disk = before.disk.next(facts, given.disk());
            told.put(name, new Others(use, disk));
            dispatcher.put(worker.withOthersMillis(use.millis()).withDiskLeft(disk.left(facts)));
        });
        if (view.isEmpty()) {
            dispatcher.removeWorker(name);
        }
    }

    private Optional<Worker> view(BuildWorker worker) {
        var policy = caches.policy();
        var meta = worker.getMetadata();
        var facts = Standings.facts(worker);
        var node = caches.node(meta.getName());
        var labels = meta.getLabels() == null ? Map.<String, String>of() : meta.getLabels();
        var standing = standings.of(worker);
        var view = Workers.of(
                meta.getName(), labels, worker.getSpec(), facts, node, standing, new Isolations(policy.isolation()));
        if (view.isEmpty()) {
            unknown.put(meta.getName(), standing.closed().orElse(Reason.InvalidFacts));
        }
        return view;
    }
}
