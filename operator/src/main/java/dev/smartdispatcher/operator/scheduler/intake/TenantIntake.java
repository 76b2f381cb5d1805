package dev.smartdispatcher.operator.scheduler.intake;

import dev.smartdispatcher.operator.scheduler.cycle.Scheduler;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The equivalence classes of one tenant, each in one of three places, in the order in which they came there. */
final class TenantIntake {
    /** A class that could start and then did not, since others came before it, is not looked at again for so long. */
    private static final Duration LATER = Duration.ofSeconds(30);

    private final Scheduler scheduler;
    private final IntakeLimits limits;
    /** Known to the dispatcher until their last job has started. */
    private final Map<Requirements, IntakeClass> standing = new LinkedHashMap<>();
    /** Known to it since one of their jobs could start, until others need their place. */
    private final Map<Requirements, IntakeClass> passing = new LinkedHashMap<>();
    /** Not known to it. */
    private final Map<Requirements, IntakeClass> held = new LinkedHashMap<>();

    TenantIntake(Scheduler scheduler, IntakeLimits limits) {
        this.scheduler = scheduler;
        this.limits = limits;
    }

    /** The class of some requirements, which may be new. */
    IntakeClass of(Requirements requirements) {
        var known = Optional.ofNullable(standing.get(requirements))
                .or(() -> Optional.ofNullable(passing.get(requirements)))
                .or(() -> Optional.ofNullable(held.get(requirements)));
        return known.orElseGet(() -> {
            var added = new IntakeClass(requirements);
            added.admitted = standing.size() < limits.standing();
            (added.admitted ? standing : held).put(requirements, added);
            return added;
        });
    }

    /** A class has no jobs any more: another one may take its place. */
    void drop(IntakeClass gone) {
        held.remove(gone.requirements);
        passing.remove(gone.requirements);
        if (standing.remove(gone.requirements) != null) {
            first(passing).or(() -> first(held)).ifPresent(next -> {
                passing.remove(next.requirements);
                held.remove(next.requirements);
                standing.put(next.requirements, next);
                admit(next);
            });
        }
    }

    boolean isEmpty() {
        return standing.isEmpty() && passing.isEmpty() && held.isEmpty();
    }

    /** How many are held. */
    int held() {
        return held.size();
    }

    /** The UIDs of their jobs. */
    Stream<String> heldJobs() {
        return held.values().stream().flatMap(c -> c.jobs.keySet().stream());
    }

    /** Whether no class may pass in this cycle of looks. */
    boolean isFull(long cycle) {
        return passing.size() >= limits.passing() && leaving(cycle).isEmpty();
    }

    /**
     * Looks at the class that was looked at longest ago, which is admitted if one of its jobs could start. If need be one that
     * was admitted before and has not started steps back. Not if the tenant is full.
     *
     * @return whether it is admitted
     */
    boolean look(Instant now, long cycle) {
        var next = first(held).orElseThrow();
        held.remove(next.requirements);
        if (now.isBefore(next.notBefore) || !scheduler.couldStart(next.next())) {
            held.put(next.requirements, next);
            return false;
        }
        if (passing.size() >= limits.passing()) {
            leaving(cycle).ifPresent(oldest -> stepBack(oldest, now));
        }
        next.cycle = cycle;
        passing.put(next.requirements, next);
        admit(next);
        return true;
    }

    /** Of the classes that pass the oldest: a scheduling cycle has tried it, and no room is reserved for it. */
    private Optional<IntakeClass> leaving(long cycle) {
        var reserved = scheduler.reserved().keySet();
        return passing.values().stream()
                .filter(c -> c.cycle < cycle && c.jobs.keySet().stream().noneMatch(reserved::contains))
                .findFirst();
    }

    private void stepBack(IntakeClass oldest, Instant now) {
        passing.remove(oldest.requirements);
        held.put(oldest.requirements, oldest);
        oldest.admitted = false;
        oldest.notBefore = now.plus(LATER);
        oldest.jobs.keySet().forEach(scheduler::removeJob);
    }

    private void admit(IntakeClass admitted) {
        admitted.admitted = true;
        admitted.jobs.values().forEach(scheduler::put);
    }

    private static Optional<IntakeClass> first(Map<Requirements, IntakeClass> classes) {
        return classes.values().stream().findFirst();
    }
}
