package dev.smartdispatcher.operator.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads from how attempts end which workers spoil builds. A failure counts against a worker by how improbable it is for the package: the
 * failure rate is the package's own, or how everything fares on all other workers just now, whichever is higher. If a job fails on a
 * second worker too, its first failure was its own; if it succeeds there, it was the first worker's.
 *
 * <p>What it says depends on the endings alone, in the order of {@link Ending#ORDER}, so that it says the same after a restart. One that
 * is told late is put in its place among the last {@value #REORDERED}; before them, in front of these. Not safe for use by several
 * threads.
 *
 * <p>The form is Wald's sequential test, as Page's CUSUM.
 */
public final class HealthBook {
    /** Endings that can be taken back to put another one before them. */
    static final int REORDERED = 2048;

    private static final int MOST_PACKAGES = 50_000;
    private static final int MOST_IMAGES = 2_000;

    private final Map<String, WorkerRecord> workers = new HashMap<>();
    private final Map<String, PackageRecord> packages = new HashMap<>();
    private final Map<String, JobRecord> jobs = new HashMap<>();
    private final Map<String, ImageStarts> images = new HashMap<>();
    private final Map<String, Set<Integer>> told = new HashMap<>();
    private final ArrayDeque<Applied> last = new ArrayDeque<>();
    private FleetRecord fleet = FleetRecord.NEW;
    /** What takes back the ending that is being applied, the latest change first. */
    private ArrayDeque<Runnable> undo = new ArrayDeque<>();

    private record Applied(Ending ending, ArrayDeque<Runnable> undo) {}

    /** Takes in many endings, as after a restart. */
    public void addAll(Collection<Ending> endings) {
        endings.stream().sorted(Ending.ORDER).forEach(this::add);
    }

    /** Takes in an ending; one that is known is none. Returns the workers of which something else may be true now. */
    public Set<String> add(Ending ending) {
        if (!told.computeIfAbsent(ending.job(), job -> new HashSet<>()).add(ending.number())) {
            return Set.of();
        }
        var later = new ArrayList<Ending>();
        while (!last.isEmpty() && Ending.ORDER.compare(last.getLast().ending(), ending) > 0) {
            var taken = last.removeLast();
            taken.undo().forEach(Runnable::run);
            later.add(0, taken.ending());
        }
        var changed = new HashSet<>(apply(ending));
        later.forEach(each -> changed.addAll(apply(each)));
        return changed;
    }

    /** The job is gone. What its attempts said of workers stays. */
    public void forgetJob(String uid) {
        told.remove(uid);
        jobs.remove(uid);
    }

    /** The worker is gone. */
    public void forgetWorker(String name) {
        workers.remove(name);
    }

    /** What speaks against a worker by what ended after a time, and no longer than a day ago. */
    public Suspicion suspicion(String worker, Instant trusted, Instant now) {
        return record(worker).suspicion(trusted, now);
    }

    /** Whether the last attempt on a worker did not succeed. */
    public boolean hasFailedLast(String worker) {
        return !record(worker).succeeded();
    }

    /** Whether attempts fail so often on the other workers just now that it can hardly be this one. */
    public boolean isOutage(String worker) {
        return fleet.isOutage(record(worker).share());
    }

    /** How a trial goes that began at a time. */
    public Trial trial(String worker, Instant since) {
        return Trial.of(record(worker).latest(), since);
    }

    private WorkerRecord record(String worker) {
        return workers.getOrDefault(worker, WorkerRecord.NEW);
    }

    private List<String> apply(Ending ending) {
        undo = new ArrayDeque<>();
        var changed = ending.verdict().isFailure() ? failed(ending) : succeeded(ending);
        last.addLast(new Applied(ending, undo));
        if (last.size() > REORDERED) {
            last.removeFirst();
            limit(packages, MOST_PACKAGES);
            limit(images, MOST_IMAGES);
        }
        return changed;
    }

    private List<String> succeeded(Ending ending) {
        var changed = new ArrayList<String>();
        changed.add(ending.worker());
        fares(ending, false);
        put(workers, ending.worker(), record(ending.worker()).succeeded(ending));
        var known = packages.getOrDefault(ending.packageName(), PackageRecord.NEW);
        double ran = ending.ran().orElse(Duration.ZERO).toMillis() / 1000.0;
        put(packages, ending.packageName(), known.succeeded(ran));
        fleet(fleet.counted(false));
        put(images, ending.image(), startsOf(ending).with(ending.worker(), ending.end()));
        for (var failure : jobs.getOrDefault(ending.job(), JobRecord.NEW).failures()) {
            if (!failure.worker().equals(ending.worker()) && workers.containsKey(failure.worker())) {
                put(workers, failure.worker(), record(failure.worker()).confirmed(ending.packageName()));
            }
        }
        if (jobs.containsKey(ending.job())) {
            put(jobs, ending.job(), null);
        }
        return changed;
    }

    private List<String> failed(Ending ending) {
        var changed = new ArrayList<String>();
        changed.add(ending.worker());
        var before = record(ending.worker());
        var job = jobs.getOrDefault(ending.job(), JobRecord.NEW);
        boolean isTheJobs = job.hasFailedElsewhere(ending.worker());
        boolean outage = fleet.isOutage(before.share());
        var weight = isTheJobs || outage ? Weight.NONE : weight(ending, before);
        fares(ending, true);
        fleet(fleet.failed(ending.verdict(), isQuick(ending)));
        var fared = record(ending.worker());
        // What came as an outage began was of the same cause.
        put(workers, ending.worker(), (outage ? fared.acquitted() : fared).failed(ending, weight));
        if (ending.verdict() == Verdict.Failed) {
            put(images, ending.image(), startsOf(ending).with(ending.worker(), ending.end()));
        }
        boolean counts = isTheJobs || !isSuspect(ending);
        if (counts) {
            count(ending);
        }
        if (isTheJobs) {
            for (var failure : job.failures()) {
                put(workers, failure.worker(), record(failure.worker()).cleared(ending.job(), failure.number()));
                changed.add(failure.worker());
                if (!failure.counted()) {
                    count(ending);
                }
            }
            job = job.counted();
        }
        put(jobs, ending.job(), job.with(new JobRecord.Failure(ending.worker(), ending.number(), counts)));
        return changed;
    }

    private Weight weight(Ending ending, WorkerRecord worker) {
        if (ending.verdict() == Verdict.NotRunnable && !startsOf(ending).elsewhere(ending.worker(), ending.end())) {
            return Weight.NONE;
        }
        double rate =
                packages.getOrDefault(ending.packageName(), PackageRecord.NEW).failureRate(fleet.rate());
        return Weight.failure(
                Math.max(rate, fleet.elsewhere(worker.share())), fleet.share(ending.verdict()), isQuick(ending));
    }

    private boolean isQuick(Ending ending) {
        return ending.verdict() != Verdict.Failed
                || ending.ran().isEmpty()
                || packages.getOrDefault(ending.packageName(), PackageRecord.NEW)
                        .isQuick(ending.ran().get().toMillis() / 1000.0);
    }

    private boolean isSuspect(Ending ending) {
        return record(ending.worker()).suspicion(Instant.MIN, ending.end()).isSuspect();
    }

    /** A failure of the package itself. */
    private void count(Ending ending) {
        put(
                packages,
                ending.packageName(),
                packages.getOrDefault(ending.packageName(), PackageRecord.NEW).failed());
        fleet(fleet.counted(true));
    }

    private void fares(Ending ending, boolean failure) {
        fleet(fleet.ended(failure));
        var worker = record(ending.worker());
        put(workers, ending.worker(), worker.with(worker.share().with(failure, fleet)));
    }

    private ImageStarts startsOf(Ending ending) {
        return images.getOrDefault(ending.image(), ImageStarts.NONE);
    }

    private void fleet(FleetRecord now) {
        var before = fleet;
        fleet = now;
        undo.addFirst(() -> fleet = before);
    }

    /** Puts a value, or with null takes it away, so that it can be undone. */
    private <V> void put(Map<String, V> map, String key, V value) {
        var before = Optional.ofNullable(value == null ? map.remove(key) : map.put(key, value));
        undo.addFirst(() -> before.ifPresentOrElse(old -> map.put(key, old), () -> map.remove(key)));
    }

    /** What users name may be anything: of too many names, what was known of them is learned anew. */
    private static void limit(Map<String, ?> map, int most) {
        if (map.size() > most) {
            map.clear();
        }
    }
}
