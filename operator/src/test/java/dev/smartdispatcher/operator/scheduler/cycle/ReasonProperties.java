package dev.smartdispatcher.operator.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.plain.PlainCycle;
import dev.smartdispatcher.operator.scheduler.plain.PlainReason;
import dev.smartdispatcher.operator.scheduler.plain.Snapshot;
import dev.smartdispatcher.operator.scheduler.testing.Counts;
import dev.smartdispatcher.operator.scheduler.testing.Farm;
import dev.smartdispatcher.operator.scheduler.testing.Mended;
import dev.smartdispatcher.operator.scheduler.testing.RandomFarms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What waiting jobs are told is true: the numbers, and what each sentence says would have to be otherwise. */
class ReasonProperties {
    /** As "2 TooSlow (needs speed 120; nearest: w3 has 80, but also Draining)". */
    private static final Pattern NEAREST = Pattern.compile(
            "\\d+ (\\w+) \\((?:needs [^;()]+; )?nearest: (\\w+)(?:[^();]*?)(?:, but also ([\\w, ]+))?\\)");

    private static final Set<Reason> SAY_NO_COUNTS =
            Set.of(Reason.TenantLimit, Reason.FasterWorkerBusy, Reason.CountedInUse, Reason.TooFewCounted);

    @Test
    void eachReasonsCountIsThatOfLookingAtEachWorker() {
        var met = EnumSet.noneOf(Reason.class);
        RandomFarms.each(snapshot -> {
            var plan = PlainCycle.run(snapshot);
            var jobs = jobs(snapshot);
            for (var wait : plan.waits()) {
                if (!SAY_NO_COUNTS.contains(wait.explanation().reason())) {
                    var counts = new EnumMap<Reason, Integer>(Reason.class);
                    counts.putAll(snapshot.unknown());
                    for (var worker : snapshot.workers()) {
                        PlainReason.of(jobs.get(wait.job().uid()), worker, snapshot, plan)
                                .ifPresent(reason -> counts.merge(reason, 1, Integer::sum));
                    }
                    assertThat(Counts.of(wait.explanation()))
                            .as(wait.toString())
                            .isEqualTo(counts);
                    met.addAll(counts.keySet());
                }
            }
        });
        assertThat(met)
                .contains(
                        Reason.WrongArchitecture,
                        Reason.WrongHostArchitecture,
                        Reason.WrongMode,
                        Reason.WrongCpuFlags,
                        Reason.WrongKernel,
                        Reason.WrongIsolation,
                        Reason.ExcludedIsolation,
                        Reason.WrongFacts,
                        Reason.CheckNotPassed,
                        Reason.TooSlow,
                        Reason.SelectorMismatch,
                        Reason.TooFewInodes,
                        Reason.TooLittleCpu,
                        Reason.TooLittleMemory,
                        Reason.Draining,
                        Reason.EndsAfterDeadline,
                        Reason.BackingOff,
                        Reason.NoRoom,
                        Reason.Reserved);
    }

    /** Each sentence names what would have to be otherwise about a worker: were it so, the job would start there, if it were empty. */
    @Test
    void whatASentenceSaysIsMissingIsAllThatIs() {
        var nearestBy = EnumSet.noneOf(Reason.class);
        RandomFarms.each(snapshot -> {
            var jobs = jobs(snapshot);
            for (var wait : PlainCycle.run(snapshot).waits()) {
                var job = jobs.get(wait.job().uid());
                var nearest = NEAREST.matcher(wait.explanation().message());
                while (nearest.find()) {
                    var reasons = new ArrayList<>(List.of(Reason.valueOf(nearest.group(1))));
                    if (nearest.group(3) != null) {
                        Arrays.stream(nearest.group(3).split(", "))
                                .map(Reason::valueOf)
                                .forEach(reasons::add);
                    }
                    assertThat(starts(job, nearest.group(2), reasons, snapshot))
                            .as(wait + ": " + nearest.group())
                            .isTrue();
                    nearestBy.add(reasons.get(0));
                }
            }
        });
        assertThat(nearestBy)
                .contains(
                        Reason.WrongHostArchitecture,
                        Reason.WrongMode,
                        Reason.WrongCpuFlags,
                        Reason.WrongKernel,
                        Reason.WrongIsolation,
                        Reason.ExcludedIsolation,
                        Reason.WrongFacts,
                        Reason.CheckNotPassed,
                        Reason.TooSlow,
                        Reason.SelectorMismatch,
                        Reason.TooFewInodes,
                        Reason.TooLittleCpu,
                        Reason.TooLittleMemory,
                        Reason.Draining,
                        Reason.EndsAfterDeadline);
    }

    /** Whether a job would start on an empty worker that is mended, if it were the only job. */
    private static boolean starts(PendingJob job, String name, List<Reason> reasons, Snapshot snapshot) {
        var worker = snapshot.workers().stream()
                .filter(w -> w.name().equals(name))
                .findFirst()
                .orElseThrow();
        for (var reason : reasons) {
            worker = switch (reason) {
                case TooLittleCpu, TooLittleMemory, TooLittleDisk, TooLittleFreeDisk, TooFewJobs -> large(worker, job);
                default -> Mended.by(reason, job.requirements(), worker);
            };
        }
        // That it backs off from a worker passes by itself, and what is counted is none of the workers.
        var alone = Farm.avoiding(Farm.with(job, job.requirements().withCounted(Map.of())), "");
        return !PlainCycle.run(new Snapshot(
                        snapshot.now(), List.of(worker), Map.of(), List.of(), List.of(alone), snapshot.penalty()))
                .placements()
                .isEmpty();
    }

    private static Worker large(Worker w, PendingJob job) {
        return w.with(w.budget().max(job.envelope().smallest()), w.closed(), w.endBy());
    }

    private static Map<String, PendingJob> jobs(Snapshot snapshot) {
        return PlainCycle.pending(snapshot).stream()
                .collect(Collectors.toMap(j -> j.key().uid(), j -> j));
    }
}
