package dev.smartdispatcher.operator.scheduler.index;

import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.operator.scheduler.filter.Match;
import dev.smartdispatcher.operator.scheduler.filter.Matcher;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The equivalence classes that there are, and which workers match each. */
final class EquivalenceClasses {
    /** Idle equivalence classes beyond half of all that are remembered. */
    private static final int SPARE = 2;

    private final Map<Requirements, EquivalenceClass> byRequirements = new LinkedHashMap<>();
    private final ModePenalty penalty;
    private final Matcher matcher;
    /** The numbers that equivalence classes have. */
    private final BitSet taken = new BitSet();

    EquivalenceClasses(ModePenalty penalty) {
        this.penalty = penalty;
        matcher = new Matcher(penalty);
    }

    /** How a worker serves requirements; a rejection if it does not. */
    Match match(Requirements requirements, WorkerState state) {
        return matcher.match(requirements, state.worker());
    }

    /** Whether a worker is there and serves requirements. */
    boolean serves(WorkerState state, Requirements requirements) {
        return state.worker() != null && match(requirements, state).mode().isPresent();
    }

    /** The equivalence class of these requirements, if there is one. */
    Optional<EquivalenceClass> find(Requirements requirements) {
        return Optional.ofNullable(byRequirements.get(requirements));
    }

    /** Adds the equivalence class of requirements that have none yet, and matches all workers. */
    EquivalenceClass add(Requirements requirements, Collection<WorkerState> states) {
        var added = new EquivalenceClass(taken.nextClearBit(0), requirements);
        taken.set(added.id());
        byRequirements.put(requirements, added);
        states.stream().filter(s -> s.worker() != null).forEach(s -> match(added, s));
        return added;
    }

    /** A worker is there, or has other facts: it becomes a candidate of all equivalence classes that it can serve. */
    void match(WorkerState state) {
        byRequirements.values().forEach(equivalenceClass -> match(equivalenceClass, state));
    }

    private void match(EquivalenceClass equivalenceClass, WorkerState state) {
        var match = match(equivalenceClass.requirements(), state);
        match.rejection().ifPresent(equivalenceClass.mismatches()::add);
        match.mode().ifPresent(mode -> {
            var candidate = new Candidate(equivalenceClass, state, mode, penalty.of(mode));
            state.add(candidate);
            equivalenceClass.add(candidate);
            if (state.isOpen()) {
                equivalenceClass.offers(state.free());
            }
        });
    }

    /** The worker is none, or one with other facts: nothing is known of how it serves equivalence classes. */
    void unmatch(WorkerState state) {
        state.candidates().forEach(m -> m.equivalenceClass.remove(state));
        state.forgetCandidates();
        if (state.worker() != null) {
            for (var equivalenceClass : byRequirements.values()) {
                match(equivalenceClass.requirements(), state)
                        .rejection()
                        .ifPresent(equivalenceClass.mismatches()::remove);
            }
        }
    }

    /** Takes out idle equivalence classes, if there are many: the jobs of an idle one come again, but not always. */
    Set<EquivalenceClass> removeIdle() {
        var idle = byRequirements.values().stream()
                .filter(EquivalenceClass::isIdle)
                .collect(Collectors.toSet());
        if (idle.size() <= byRequirements.size() / 2 + SPARE) {
            return Set.of();
        }
        byRequirements.values().removeAll(idle);
        idle.forEach(equivalenceClass -> taken.clear(equivalenceClass.id()));
        return idle;
    }

    void forEach(Consumer<EquivalenceClass> action) {
        byRequirements.values().forEach(action);
    }
}
