package dev.smartdispatcher.operator.controller.health;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.api.worker.Quarantine;
import dev.smartdispatcher.operator.check.TrialChecks;
import dev.smartdispatcher.operator.client.reading.Unreadable;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.health.Ending;
import dev.smartdispatcher.operator.health.Endings;
import dev.smartdispatcher.operator.health.FarmHealth;
import dev.smartdispatcher.operator.health.HealthAnnotations;
import dev.smartdispatcher.operator.health.Standing;
import dev.smartdispatcher.operator.health.Suspicion.Fault;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How workers stand by how builds end there, as the caches show it. What the last process knew is read from the attempts of the jobs in
 * the cache, and from the workers' statuses. Safe for use by several threads.
 */
public final class WorkerHealth {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerHealth.class);

    private final ClusterView cluster;
    private final Clock clock;
    private final FarmHealth farm = new FarmHealth();
    private boolean loaded;

    public WorkerHealth(ClusterView cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** How a worker stands now. */
    public Standing of(BuildWorker worker) {
        load();
        return farm.look(subject(worker), clock.instant());
    }

    /** What is wrong with what an administrator says of the worker's health. */
    public List<String> problems(BuildWorker worker) {
        return annotations(worker).problems();
    }

    /** Takes in the attempts of a job that have ended since the last look. */
    public void look(BuildJob job, BuildJobStatus status) {
        load();
        endings(job, status).forEach(this::add);
    }

    /** An attempt has ended, and is about to be recorded. Whether its failure is put down to its worker. */
    public boolean blames(BuildJob job, Attempt ended) {
        load();
        var ending = ending(job, ended);
        ending.ifPresent(this::add);
        return ending.filter(e -> e.verdict().isFailure()).isPresent() && farm.excuses(ended.worker(), clock.instant());
    }

    public void forget(BuildJob job) {
        farm.forgetJob(job.getMetadata().getUid());
    }

    public void forget(BuildWorker worker) {
        farm.forgetWorker(worker.getMetadata().getName());
    }

    /**
     * Quarantines the workers that have earned it, as far as bounds allow.
     *
     * @param dispensable whether every waiting job could go to another worker than this one
     * @return what those look like that are quarantined now
     */
    public Map<String, Fault> quarantine(Predicate<String> dispensable) {
        load();
        var begun = new TreeMap<String, Fault>();
        for (var worker : farm.guilty()) {
            farm.quarantine(worker, dispensable, clock.instant()).ifPresent(fault -> {
                begun.put(worker, fault);
                LOG.atWarn()
                        .addKeyValue(LogKeys.WORKER, worker)
                        .log("quarantined: builds fail there that hardly fail elsewhere");
            });
        }
        return begun;
    }

    /** The number of workers that are suspect. */
    public int suspect() {
        return farm.count(false);
    }

    /** The number of workers that are quarantined, or on trial. */
    public int quarantined() {
        return farm.count(true);
    }

    private void add(Ending ending) {
        farm.add(ending).forEach(cluster.changes()::worker);
    }

    /** Once the caches are whole. */
    private synchronized void load() {
        if (!loaded && cluster.synced()) {
            loaded = true;
            var past = new ArrayList<Ending>();
            cluster.jobs().forEach(job -> Optional.ofNullable(job.getStatus())
                    .ifPresent(status -> endings(job, status).forEach(past::add)));
            farm.addAll(past);
        }
    }

    private Stream<Ending> endings(BuildJob job, BuildJobStatus status) {
        return status.attempts().stream().flatMap(attempt -> ending(job, attempt).stream());
    }

    /** What cannot be read says nothing. */
    private Optional<Ending> ending(BuildJob job, Attempt attempt) {
        var meta = job.getMetadata();
        return job.getSpec() == null || attempt.worker() == null || attempt.number() == null
                ? Optional.empty()
                : Endings.of(meta.getUid(), meta.getNamespace(), meta.getName(), job.getSpec(), attempt);
    }

    private FarmHealth.Subject subject(BuildWorker worker) {
        var meta = worker.getMetadata();
        var status = Optional.ofNullable(worker.getStatus());
        var results = status.map(BuildWorkerStatus::checks).orElse(List.of());
        var recorded = status.map(BuildWorkerStatus::quarantine)
                .filter(quarantine -> Unreadable.of(worker, "status.quarantine").isEmpty());
        return new FarmHealth.Subject(
                meta.getName(),
                meta.getUid(),
                machineSince(meta),
                annotations(worker),
                recorded.orElse(Quarantine.NONE),
                since -> TrialChecks.failed(results, since));
    }

    private HealthAnnotations annotations(BuildWorker worker) {
        return HealthAnnotations.of(
                Optional.ofNullable(worker.getMetadata().getAnnotations()).orElse(Map.of()), clock.instant());
    }

    /** A worker or a Node that is made anew is another machine. A second earlier: builds may end in the second of its creation. */
    private Instant machineSince(ObjectMeta worker) {
        return Stream.concat(
                        created(worker).stream(),
                        cluster.nodeMetadata(worker.getName()).flatMap(WorkerHealth::created).stream())
                .max(Instant::compareTo)
                .map(time -> time.minusSeconds(1))
                .orElse(Instant.EPOCH);
    }

    private static Optional<Instant> created(ObjectMeta meta) {
        try {
            return Optional.ofNullable(meta.getCreationTimestamp()).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
