package dev.smartdispatcher.operator.controller.sync;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.cache.ObservedClaims;
import dev.smartdispatcher.operator.controller.worker.WorkerAssessments;
import dev.smartdispatcher.operator.scheduler.cycle.Scheduler;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.worker.NonBuildDisk;
import dev.smartdispatcher.operator.worker.NonBuildUsage;
import dev.smartdispatcher.operator.worker.WorkerAssessment;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the dispatcher of workers. */
final class WorkerSync {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerSync.class);

    private final ClusterView cluster;
    private final WorkerAssessments assessments;
    private final Map<String, Others> published = new HashMap<>();
    /** Workers of which nothing can be said but why they take no job. */
    private final Map<String, Reason> unknown = new HashMap<>();

    /** What others than builds use of a worker. */
    private record Others(NonBuildUsage cpu, NonBuildDisk disk) {
        private static final Others UNKNOWN = new Others(NonBuildUsage.UNKNOWN, NonBuildDisk.UNKNOWN);
    }

    WorkerSync(ClusterView cluster, WorkerAssessments assessments) {
        this.cluster = cluster;
        this.assessments = assessments;
    }

    /** All workers that there are or were. */
    Set<String> names() {
        var names = new HashSet<>(published.keySet());
        names.addAll(unknown.keySet());
        cluster.workers().forEach(w -> names.add(w.getMetadata().getName()));
        return names;
    }

    /** Tells what is true of some workers now. */
    void publish(Set<String> names, Scheduler scheduler) {
        var before = Map.copyOf(unknown);
        names.forEach(name -> publishAlone(name, scheduler));
        if (!before.equals(unknown)) {
            publishUnknown(scheduler);
        }
    }

    /** Tells a dispatcher that is new of the workers of which nothing can be said. */
    void publishUnknown(Scheduler scheduler) {
        var counts = new EnumMap<Reason, Integer>(Reason.class);
        unknown.values().forEach(reason -> counts.merge(reason, 1, Integer::sum));
        scheduler.unknown(counts);
    }

    /** What nobody has foreseen of one worker closes that worker, and does not end the scheduling cycle. */
    private void publishAlone(String name, Scheduler scheduler) {
        try {
            publish(name, scheduler);
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue(LogKeys.WORKER, name)
                    .setCause(e)
                    .log("the worker cannot be judged, it takes no jobs until it is changed");
            published.remove(name);
            unknown.put(name, Reason.InvalidFacts);
            scheduler.removeWorker(name);
        }
    }

    private void publish(String name, Scheduler scheduler) {
        var before = Optional.ofNullable(published.remove(name)).orElse(Others.UNKNOWN);
        unknown.remove(name);
        var look = new Look();
        cluster.closed().look(name, () -> look.at(name));
        var known = look.worker;
        var view = look.assessment.flatMap(assessment -> view(name, assessment));
        view.ifPresent(worker -> {
            var facts = known.orElseThrow().getStatus().agent();
            var given = ObservedClaims.together(ObservedClaims.on(name, cluster));
            var use = before.cpu.next(facts, worker.budget(), given.cpuMillis());
            var disk = before.disk.next(facts, given.disk());
            published.put(name, new Others(use, disk));
            scheduler.put(worker.withOthersMillis(use.millis()).withDiskLeft(disk.left(facts)));
        });
        if (view.isEmpty()) {
            scheduler.removeWorker(name);
        }
    }

    private Optional<Worker> view(String name, WorkerAssessment assessment) {
        if (assessment.worker().isEmpty()) {
            unknown.put(name, assessment.schedulability().closed().orElse(Reason.InvalidFacts));
        }
        return assessment.worker();
    }

    /** A worker as the caches show it at one moment. */
    private final class Look {
        private Optional<BuildWorker> worker = Optional.empty();
        private Optional<WorkerAssessment> assessment = Optional.empty();

        /** Whether it takes no jobs; empty if there is none. */
        private Optional<Boolean> at(String name) {
            worker = cluster.worker(name);
            assessment = worker.map(assessments::of);
            return assessment.map(
                    a -> a.schedulability().closed().isPresent() || a.worker().isEmpty());
        }
    }
}
