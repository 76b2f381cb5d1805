package dev.smartdispatcher.operator.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the attempts of a worker say of it. Immutable.
 *
 * @param steps what adds to suspicion, or takes from it, since there last was none
 * @param counted when a package counted against the worker, unless it has succeeded there since
 * @param latest the attempts that ended last
 * @param share of the worker in how the fleet fares
 * @param succeeded whether the last attempt did
 */
record WorkerRecord(
        List<Step> steps,
        Map<String, Instant> counted,
        List<Tried> latest,
        FleetRecord.Share share,
        boolean succeeded) {
    /** How long evidence counts, and how long a package counts but once. */
    static final Duration WINDOW = Duration.ofHours(24);

    static final WorkerRecord NEW = new WorkerRecord(List.of(), Map.of(), List.of(), FleetRecord.Share.NONE, true);

    private static final int MOST_STEPS = 256;
    private static final int MOST_COUNTED = 1_000;
    private static final int MOST_LATEST = 8;
    private static final int MOST_EVIDENCE = 8;

    /** One attempt in the two sums; {@code text} is empty for a success. */
    record Step(Instant time, String job, int number, Weight weight, String text) {}

    /**
     * An attempt that ended, for a trial.
     *
     * @param strength what its failure would say had its package not failed here before; negative for a success
     */
    record Tried(Instant dispatched, String job, int number, double strength) {}

    /** Whether the package has counted against the worker in the last day, and not succeeded here since. */
    boolean hasCounted(Ending ending) {
        var last = counted.get(ending.packageName());
        return last != null && last.plus(WINDOW).isAfter(ending.end());
    }

    /** An attempt has succeeded. That one was not killed at once when nobody was says nothing of the worker now. */
    WorkerRecord succeeded(Ending ending) {
        boolean older =
                !steps.isEmpty() && ending.dispatched().isBefore(steps.get(0).time());
        var weight = older ? new Weight(0, Weight.SUCCESS.flaky()) : Weight.SUCCESS;
        var now = steps.isEmpty()
                ? steps
                : with(new Step(ending.end(), ending.job(), ending.number(), weight, ""), ending.end());
        return new WorkerRecord(now, lifted(ending.packageName()), tried(ending, -1), share, !older || succeeded);
    }

    /**
     * An attempt has failed.
     *
     * @param weight of the failure if the package counts
     */
    WorkerRecord failed(Ending ending, Weight weight) {
        boolean counts = weight.strength() > 0 && !hasCounted(ending);
        var now = counts
                ? with(new Step(ending.end(), ending.job(), ending.number(), weight, ending.text()), ending.end())
                : steps;
        var packages = counts ? counting(ending) : counted;
        return new WorkerRecord(now, packages, tried(ending, weight.strength()), share, false);
    }

    /** The attempt's failure was the job's own: it says nothing of the worker. */
    WorkerRecord cleared(String job, int number) {
        return new WorkerRecord(
                steps.stream()
                        .filter(s -> !isOf(s.job(), s.number(), job, number))
                        .toList(),
                counted,
                latest.stream()
                        .filter(t -> !isOf(t.job(), t.number(), job, number))
                        .toList(),
                share,
                succeeded);
    }

    /** A job that failed here succeeded elsewhere: its package counts the next time, too. */
    WorkerRecord confirmed(String packageName) {
        return new WorkerRecord(steps, lifted(packageName), latest, share, succeeded);
    }

    /** Nothing speaks against the worker. */
    WorkerRecord acquitted() {
        return new WorkerRecord(List.of(), counted, latest, share, succeeded);
    }

    WorkerRecord with(FleetRecord.Share newShare) {
        return new WorkerRecord(steps, counted, latest, newShare, succeeded);
    }

    /** What speaks against the worker by what ended after a time. */
    Suspicion suspicion(Instant trusted, Instant now) {
        var from = now.minus(WINDOW);
        double quick = 0;
        double flaky = 0;
        var evidence = new ArrayList<String>();
        for (var step : steps) {
            if (step.time().isAfter(trusted) && step.time().isAfter(from)) {
                quick = Math.max(0, quick + step.weight().quick());
                flaky = Math.max(0, flaky + step.weight().flaky());
                if (!step.text().isEmpty()) {
                    evidence.add(step.text());
                }
            }
        }
        if (quick == 0 && flaky == 0) {
            return Suspicion.NONE;
        }
        return new Suspicion(
                quick,
                flaky,
                List.copyOf(evidence.subList(Math.max(0, evidence.size() - MOST_EVIDENCE), evidence.size())));
    }

    private List<Step> with(Step step, Instant now) {
        var from = now.minus(WINDOW);
        var all = new ArrayList<Step>(steps.size() + 1);
        steps.stream().filter(s -> s.time().isAfter(from)).forEach(all::add);
        all.add(step);
        double quick = 0;
        double flaky = 0;
        for (var each : all) {
            quick = Math.max(0, quick + each.weight().quick());
            flaky = Math.max(0, flaky + each.weight().flaky());
        }
        if (quick == 0 && flaky == 0) {
            return List.of();
        }
        return List.copyOf(all.subList(Math.max(0, all.size() - MOST_STEPS), all.size()));
    }

    private List<Tried> tried(Ending ending, double strength) {
        var all = new ArrayList<>(latest);
        all.add(new Tried(ending.dispatched(), ending.job(), ending.number(), strength));
        return List.copyOf(all.subList(Math.max(0, all.size() - MOST_LATEST), all.size()));
    }

    private Map<String, Instant> lifted(String packageName) {
        if (!counted.containsKey(packageName)) {
            return counted;
        }
        var fewer = new HashMap<>(counted);
        fewer.remove(packageName);
        return fewer;
    }

    private Map<String, Instant> counting(Ending ending) {
        var more = new HashMap<>(counted);
        if (more.size() >= MOST_COUNTED) {
            more.values().removeIf(time -> !time.plus(WINDOW).isAfter(ending.end()));
        }
        more.put(ending.packageName(), ending.end());
        return more;
    }

    private static boolean isOf(String job, int number, String otherJob, int otherNumber) {
        return number == otherNumber && job.equals(otherJob);
    }
}
