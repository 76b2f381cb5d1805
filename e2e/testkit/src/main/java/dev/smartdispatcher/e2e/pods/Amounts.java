package dev.smartdispatcher.e2e.pods;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Amounts of resources by name, as {@code cpu} and {@code memory}, in whole units. What is not named is none of it.
 * Immutable.
 */
public record Amounts(Map<String, BigDecimal> byName) {
    public static final Amounts NONE = new Amounts(Map.of());
    /** The resource of which each pod takes one. */
    public static final String PODS = "pods";

    public Amounts {
        byName = Map.copyOf(byName);
    }

    public static Amounts of(Map<String, Quantity> quantities) {
        var amounts = new HashMap<String, BigDecimal>();
        if (quantities != null) {
            quantities.forEach((name, quantity) -> amounts.put(name, Quantity.getAmountInBytes(quantity)));
        }
        return new Amounts(amounts);
    }

    /** What a pod asks for: the sum of its containers' requests, and its place. */
    public static Amounts requestedBy(PodSpec spec) {
        var sum = new Amounts(Map.of(PODS, BigDecimal.ONE));
        for (var container : spec.getContainers()) {
            if (container.getResources() != null) {
                sum = sum.plus(of(container.getResources().getRequests()));
            }
        }
        return sum;
    }

    public Amounts plus(Amounts other) {
        var sum = new HashMap<>(byName);
        other.byName.forEach((name, amount) -> sum.merge(name, amount, BigDecimal::add));
        return new Amounts(sum);
    }

    public BigDecimal get(String name) {
        return byName.getOrDefault(name, BigDecimal.ZERO);
    }

    /** The resources, in order, of which {@code wanted} on top of {@code used} is more than there is here. */
    public Set<String> lacking(Amounts used, Amounts wanted) {
        var lacking = new TreeSet<String>();
        wanted.byName.forEach((name, amount) -> {
            if (amount.signum() > 0 && used.get(name).add(amount).compareTo(get(name)) > 0) {
                lacking.add(name);
            }
        });
        return lacking;
    }
}
