package dev.smartdispatcher.operator.controller.sync;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.InstalledPackages.CacheUse;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.worker.WorkerAssessments;
import dev.smartdispatcher.operator.packages.PackageRules;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.worker.WorkerAssessment;
import dev.smartdispatcher.operator.workload.install.Installation;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which workers keep the root that a job would be built in, by what attempts have found and left there. It follows from the jobs that there
 * are or were since the operator started, and is nowhere stored: what has been pruned meanwhile costs one installation. Used by the
 * scheduling cycle only, hence by one thread.
 */
final class WarmWorkers {
    /**
     * Time of a build with a prepared root, in percent of one whose packages have to be installed first. Installing takes half a minute of
     * builds that take some: enough to prefer a worker among about equal ones, and not enough to prefer a slower one.
     */
    static final int WITH_ROOT = 90;

    /** A root is on as many workers as have built with it lately. */
    private static final int MOST_WORKERS = 16;
    /** Sets of jobs that build in the same roots. */
    private static final int MOST_KINDS = 10_000;

    private final ClusterView cluster;
    private final WorkerAssessments assessments;
    private final Map<Kind, Map<String, Use>> uses = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, Map<String, Use>> eldest) {
            return size() > MOST_KINDS;
        }
    };

    private final Set<Kind> changed = new HashSet<>();

    /** Jobs that build in the same root on workers of the same kind. */
    record Kind(String namespace, String environment, String targetArch) {
        static Kind of(BuildJob job) {
            var spec = job.getSpec();
            return new Kind(job.getMetadata().getNamespace(), spec.environment(), spec.targetArch());
        }
    }

    /** When a root was used last on a worker, and the digest of the lists that are installed in it. */
    private record Use(Instant time, String lists) {}

    WarmWorkers(ClusterView cluster, WorkerAssessments assessments) {
        this.cluster = cluster;
        this.assessments = assessments;
    }

    /** Takes notice of a job's last attempt. */
    void learn(BuildJob job) {
        var status = job.getStatus();
        if (status != null && status.packages() != null && job.getSpec() != null) {
            status.lastAttempt()
                    .filter(WarmWorkers::leftARoot)
                    .ifPresent(attempt -> add(
                            Kind.of(job),
                            attempt.worker(),
                            new Use(attempt.endTime(), status.packages().digest())));
        }
    }

    /** The jobs of which more is known than when this was asked last. */
    Set<Kind> takeChanged() {
        var taken = Set.copyOf(changed);
        changed.clear();
        return taken;
    }

    private static boolean leftARoot(Attempt attempt) {
        return attempt.endTime() != null
                && attempt.installed() != null
                && attempt.installed().cache() != CacheUse.None;
    }

    private void add(Kind kind, String worker, Use use) {
        var workers = uses.computeIfAbsent(kind, k -> new HashMap<>());
        var before = workers.get(worker);
        if (before != null && !use.time().isAfter(before.time())) {
            return;
        }
        workers.put(worker, use);
        if (workers.size() > MOST_WORKERS) {
            workers.entrySet().stream()
                    .min(Comparator.comparing(
                                    (Map.Entry<String, Use> e) -> e.getValue().time())
                            .thenComparing(Map.Entry::getKey))
                    .map(Map.Entry::getKey)
                    .ifPresent(workers::remove);
        }
        if (before == null || !before.lists().equals(use.lists())) {
            changed.add(kind);
        }
    }

    /** On which workers a job takes less than the usual time, in percent of it. */
    Map<String, Integer> of(BuildJob job, BuildEnvironmentSpec environment) {
        if (!Installation.isPrepared(environment.installer(), environment.root())) {
            return Map.of();
        }
        var known = uses.get(Kind.of(job));
        if (known == null) {
            return Map.of();
        }
        var warm = new HashMap<String, Integer>();
        known.forEach((worker, use) -> {
            if (isThere(worker, use) && isOf(job, environment, worker, use)) {
                warm.put(worker, WITH_ROOT);
            }
        });
        return warm;
    }

    /** Not on a worker that was made anew since, or has no cache any more. */
    private boolean isThere(String worker, Use use) {
        return cluster.worker(worker)
                .filter(w -> w.getSpec() != null && w.getSpec().cache() != null)
                .filter(w -> !created(w).isAfter(use.time()))
                .isPresent();
    }

    private static Instant created(BuildWorker worker) {
        return Instant.parse(worker.getMetadata().getCreationTimestamp());
    }

    /** Whether the lists are, in some mode, what the environment comes to now. */
    private boolean isOf(BuildJob job, BuildEnvironmentSpec environment, String worker, Use use) {
        var target = Architecture.of(job.getSpec().targetArch()).orElseThrow();
        return assessments
                .of(worker)
                .flatMap(WorkerAssessment::worker)
                .map(Worker::hostArch)
                .filter(host -> Stream.of(Mode.values())
                        .anyMatch(mode -> PackageRules.evaluate(environment, host, target, mode)
                                .listDigest()
                                .equals(use.lists())))
                .isPresent();
    }
}
