package dev.smartdispatcher.operator.profile;

import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.api.profile.LearnedWork;
import dev.smartdispatcher.operator.scheduler.sizing.WorkEstimate;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** How much work a job is by the profiles of its package. */
public final class LearnedWorkEstimate {
    /** Fewer runs may all have been odd ones. */
    private static final int ENOUGH = 3;

    /** Core-seconds from which on a build that nobody marks begins as a Heavy one does. */
    private static final double HEAVY = 10_000;

    private LearnedWorkEstimate() {}

    /** By the profile with the most runs: on an ordinary worker the work is the same wherever it is done. */
    public static Optional<WorkEstimate> of(Collection<BuildProfileStatus> profiles) {
        return profiles.stream()
                .map(BuildProfileStatus::work)
                .filter(Objects::nonNull)
                .filter(work -> work.runs() >= ENOUGH)
                .max(Comparator.comparing(LearnedWork::runs).thenComparing(LearnedWork::coreSeconds))
                .map(work -> new WorkEstimate(work.coreSeconds(), work.serial(), work.spread()));
    }

    /** The mark of a job that nobody has marked: never Light, which would keep it from strong workers. */
    public static Expense expense(Optional<WorkEstimate> known) {
        return known.filter(work -> work.coreSeconds() >= HEAVY).isPresent() ? Expense.Heavy : Expense.Normal;
    }
}
