package dev.smartdispatcher.operator.scheduler.plain;

import dev.smartdispatcher.operator.scheduler.explain.CountedShortage;
import dev.smartdispatcher.operator.scheduler.explain.CountedShortage.Holder;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is left of counted resources, counted anew whenever it is asked for.
 *
 * @param placements of the scheduling cycle so far, to which more come
 */
record PlainCounted(Snapshot snapshot, List<Placement> placements) {

    private Stream<Claim> claims() {
        return Stream.concat(snapshot.claims().stream(), placements.stream().map(Placement::claim));
    }

    private long amount(String name) {
        return snapshot.shares().counted().getOrDefault(name, 0);
    }

    private long held(String name) {
        return claims().mapToLong(c -> c.counted().getOrDefault(name, 0)).sum();
    }

    boolean suffices(Requirements kind) {
        return kind.counted().entrySet().stream()
                .allMatch(need -> held(need.getKey()) + need.getValue() <= amount(need.getKey()));
    }

    /** How many jobs of a kind may start. */
    long startable(Requirements kind) {
        return kind.counted().entrySet().stream()
                .mapToLong(need -> Math.max(0, amount(need.getKey()) - held(need.getKey())) / need.getValue())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** What a kind waits for: before all others what there is too little of even if nobody holds any. */
    Optional<CountedShortage> shortage(Requirements kind) {
        var names = new TreeSet<>(kind.counted().keySet());
        names.removeIf(name -> held(name) + kind.counted().get(name) <= amount(name));
        return names.stream()
                .filter(name -> amount(name) < kind.counted().get(name))
                .findFirst()
                .or(() -> names.stream().findFirst())
                .map(name ->
                        new CountedShortage(name, kind.counted().get(name), amount(name), held(name), holders(name)));
    }

    private List<Holder> holders(String name) {
        Map<String, Long> units = new HashMap<>();
        claims().filter(c -> c.counted().containsKey(name))
                .forEach(c -> units.merge(c.tenant(), (long) c.counted().get(name), Long::sum));
        return units.entrySet().stream()
                .map(e -> new Holder(e.getKey(), e.getValue()))
                .sorted(Comparator.comparing(Holder::units).reversed().thenComparing(Holder::tenant))
                .toList();
    }
}
