package dev.smartdispatcher.operator.scheduler.admission;

import dev.smartdispatcher.api.policy.CountedUse;
import dev.smartdispatcher.operator.scheduler.explain.CountedShortage;
import dev.smartdispatcher.operator.scheduler.explain.CountedShortage.Holder;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The counted resources of the farm: what the policy says there is, and what live attempts hold, wherever they run. Nothing is
 * remembered that the attempts' records do not say.
 */
public final class CountedBudget {
    private Map<String, Integer> amounts;
    /** Units by resource and tenant; none that are 0. */
    private final Map<String, Map<String, Long>> held = new TreeMap<>();

    private long releases;

    public CountedBudget(Map<String, Integer> amounts) {
        this.amounts = amounts;
    }

    /** There is so much from now on; returns whether that is new. */
    public boolean set(Map<String, Integer> newAmounts) {
        boolean changed = !amounts.equals(newAmounts);
        amounts = newAmounts;
        return changed;
    }

    /** An attempt holds units from now on. */
    public void claimed(Claim claim) {
        account(claim, 1);
    }

    /** An attempt holds no units any more. */
    public void released(Claim claim) {
        if (!claim.counted().isEmpty()) {
            account(claim, -1);
            releases++;
        }
    }

    /** How often units were released. */
    public long releases() {
        return releases;
    }

    private void account(Claim claim, int sign) {
        claim.counted().forEach((name, units) -> held.computeIfAbsent(name, n -> new HashMap<>())
                .merge(claim.tenant(), (long) sign * units, (a, b) -> a + b == 0 ? null : a + b));
    }

    private long amount(String name) {
        return amounts.getOrDefault(name, 0);
    }

    private long held(String name) {
        return held.getOrDefault(name, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** How many jobs with this need may start; {@link Long#MAX_VALUE} if it is none. */
    public long startable(Map<String, Integer> need) {
        long least = Long.MAX_VALUE;
        for (var one : need.entrySet()) {
            least = Math.min(least, Math.max(0, amount(one.getKey()) - held(one.getKey())) / one.getValue());
        }
        return least;
    }

    /** What a job with this need waits for: first what it waits for in vain, then by name; empty if all is free. */
    public Optional<CountedShortage> shortage(Map<String, Integer> need) {
        return need.entrySet().stream()
                .filter(one -> amount(one.getKey()) - held(one.getKey()) < one.getValue())
                .map(one -> new CountedShortage(
                        one.getKey(), one.getValue(), amount(one.getKey()), held(one.getKey()), holders(one.getKey())))
                .min(Comparator.comparing((CountedShortage s) -> s.amount() >= s.needed())
                        .thenComparing(CountedShortage::name));
    }

    private List<Holder> holders(String name) {
        return held.getOrDefault(name, Map.of()).entrySet().stream()
                .map(one -> new Holder(one.getKey(), one.getValue()))
                .sorted(Comparator.comparing((Holder h) -> -h.units()).thenComparing(Holder::tenant))
                .toList();
    }

    /** All that the policy names, by name. */
    public List<CountedUse> use() {
        return new TreeMap<>(amounts)
                .keySet().stream()
                        .map(name -> new CountedUse(
                                name,
                                amounts.get(name),
                                held(name),
                                holders(name).stream()
                                        .limit(CountedUse.MOST_HOLDERS)
                                        .map(h -> new CountedUse.Holder(h.tenant(), h.units()))
                                        .toList()))
                        .toList();
    }
}
