package dev.smartdispatcher.operator.profile;

import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.api.profile.BuildProfileStatusBuilder;
import dev.smartdispatcher.arch.Quantities;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Adds runs to a profile. It remembers the newest {@link BuildProfileStatus#MOST_RECENT} of them, and everything learned follows from
 * those: so adding in another order, or adding twice, gives the same.
 */
public final class Learning {
    /** By so much less each run counts for the failure rate than the next newer one. */
    private static final double DECAY = 0.93;

    /** A profile of fewer runs changes much by each. */
    private static final int YOUNG = 8;

    private static final double THOUSAND = 1000;

    private Learning() {}

    /** The profile with these runs added; the same object if it has them, or newer ones, already. */
    public static BuildProfileStatus with(BuildProfileStatus before, ProfileKey key, Collection<Run> added) {
        var kept = new TreeSet<>(Run.IN_ORDER);
        kept.addAll(runs(before));
        long runs = Optional.ofNullable(before.runs()).orElse(0L);
        boolean changed = false;
        for (var run : added) {
            var remembered = RunLine.parse(RunLine.of(run)).orElseThrow();
            if (isNew(remembered, kept)) {
                kept.add(remembered);
                runs++;
                changed = true;
                if (kept.size() > BuildProfileStatus.MOST_RECENT) {
                    kept.pollFirst();
                }
            }
        }
        return changed ? of(key, runs, List.copyOf(kept)) : before;
    }

    /** The runs that a profile remembers, as they are listed there; without the lines that somebody has made something else of. */
    public static List<Run> runs(BuildProfileStatus profile) {
        return profile.recent().stream()
                .map(RunLine::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    private static boolean isNew(Run run, TreeSet<Run> kept) {
        boolean full = kept.size() >= BuildProfileStatus.MOST_RECENT;
        return kept.stream().noneMatch(k -> k.id().equals(run.id()))
                && (!full || Run.IN_ORDER.compare(run, kept.first()) > 0);
    }

    private static BuildProfileStatus of(ProfileKey key, long runs, List<Run> kept) {
        long disk = kept.stream().mapToLong(Run::disk).max().orElse(0);
        return BuildProfileStatusBuilder.builder()
                .packageName(key.packageName())
                .hostArch(key.hostArch())
                .targetArch(key.targetArch())
                .runs(runs)
                .asOf(kept.get(kept.size() - 1).end())
                .memory(MemoryFit.of(kept).orElse(null))
                .disk(disk == 0 ? null : Quantities.ofBytes(disk))
                .work(WorkFit.of(kept).orElse(null))
                .failureRate(failureRate(kept))
                .recent(kept.stream().map(RunLine::of).toList())
                .build();
    }

    private static double failureRate(List<Run> kept) {
        double failed = 0;
        double all = 0;
        double weight = 1;
        for (int i = kept.size() - 1; i >= 0; i--, weight *= DECAY) {
            failed += kept.get(i).result() == RunResult.FAILED ? weight : 0;
            all += weight;
        }
        return Math.round(failed / all * THOUSAND) / THOUSAND;
    }

    /**
     * Whether a run is worth a write at once: of a young profile, of a failure, or of more than is known. Others can wait, and are
     * written together.
     *
     * @param fit the profile as last seen
     */
    public static boolean isUrgent(BuildProfileStatus fit, Run run) {
        if (fit.runs() == null || fit.runs() < YOUNG || !run.succeeded()) {
            return true;
        }
        var memory = fit.memory();
        boolean moreMemory = run.memory() > 0
                && (memory == null
                        || run.memory()
                                > Quantities.bytes(memory.base())
                                        + Quantities.bytes(memory.perProcess()) * run.parallelism());
        boolean moreDisk = run.disk() > 0 && (fit.disk() == null || run.disk() > Quantities.bytes(fit.disk()));
        return moreMemory || moreDisk;
    }
}
