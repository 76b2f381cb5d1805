package dev.smartdispatcher.operator.controller.past;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.InstalledPackages.CacheUse;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.worker.WorkerAssessments;
import dev.smartdispatcher.operator.packages.PackageRules;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.worker.WorkerAssessment;
import dev.smartdispatcher.operator.workload.cache.PackageCache;
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
public final class WarmWorkers {
    /**
     * Time of a build with a prepared root, in percent of one whose packages have to be installed first. Installing takes half a minute of
     * builds that take some: enough to prefer a worker among about equal ones, and not enough to prefer a slower one.
     */
    static final int WITH_ROOT = 90;

    /** The same of a build whose package has a cache there: with ccache, the second one takes half of the time or less. */
    static final int WITH_CACHE = 50;

    private static final int PERCENT = 100;

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

    /**
     * Jobs for which a worker keeps the same.
     *
     * @param what an environment's name, or a package's after a slash
     */
    public record Kind(String namespace, String what, String targetArch) {
        /** Those that build in the same root, on workers of the same kind. */
        static Kind byRoot(BuildJob job) {
            return new Kind(
                    job.getMetadata().getNamespace(),
                    job.getSpec().environment(),
                    job.getSpec().targetArch());
        }

        /** Those that build the same package. */
        static Kind byPackage(BuildJob job) {
            var meta = job.getMetadata();
            var name = PackageCache.packageName(meta.getName(), job.getSpec());
            return new Kind(meta.getNamespace(), "/" + name, job.getSpec().targetArch());
        }

        /** Those of a job. */
        public static Stream<Kind> of(BuildJob job) {
            return Stream.of(byRoot(job), byPackage(job));
        }
    }

    /** When something was used last on a worker; of a root, the digest of the lists that are installed in it. */
    private record Use(Instant time, String lists) {}

    public WarmWorkers(ClusterView cluster, WorkerAssessments assessments) {
        this.cluster = cluster;
        this.assessments = assessments;
    }

    /** Takes notice of a job's last attempt. */
    public void learn(BuildJob job) {
        var status = job.getStatus();
        if (status == null || status.packages() == null || job.getSpec() == null) {
            return;
        }
        status.lastAttempt().filter(attempt -> attempt.endTime() != null).ifPresent(attempt -> {
            if (attempt.installed() != null && attempt.installed().cache() != CacheUse.None) {
                add(
                        Kind.byRoot(job),
                        attempt.worker(),
                        new Use(attempt.endTime(), status.packages().digest()));
            }
            if (job.getSpec().cache() != null && attempt.startTime() != null) {
                add(Kind.byPackage(job), attempt.worker(), new Use(attempt.endTime(), ""));
            }
        });
    }

    /** The jobs of which more is known than when this was asked last. */
    public Set<Kind> takeChanged() {
        var taken = Set.copyOf(changed);
        changed.clear();
        return taken;
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
    public Map<String, Integer> of(BuildJob job, BuildEnvironmentSpec environment) {
        var warm = new HashMap<String, Integer>();
        if (Installation.isPrepared(environment.installer(), environment.root())) {
            known(Kind.byRoot(job)).forEach((worker, use) -> {
                if (isThere(worker, use) && isOf(job, environment, worker, use)) {
                    warm.put(worker, WITH_ROOT);
                }
            });
        }
        if (job.getSpec().cache() != null) {
            known(Kind.byPackage(job)).forEach((worker, use) -> {
                if (isThere(worker, use)) {
                    warm.put(worker, warm.getOrDefault(worker, PERCENT) * WITH_CACHE / PERCENT);
                }
            });
        }
        return warm;
    }

    private Map<String, Use> known(Kind kind) {
        return uses.getOrDefault(kind, Map.of());
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
