package dev.smartdispatcher.operator.scheduler.explain;

import dev.smartdispatcher.api.Reason;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Of a counted resource less is free than a job needs.
 *
 * @param amount units that the farm has by the policy; 0 if the policy does not name it
 * @param held units that attempts hold; more than the amount if that was made less
 * @param holders namespaces whose jobs hold some of it, those with the most first
 */
public record CountedShortage(String name, long needed, long amount, long held, List<Holder> holders) {
    /** Namespaces that are named. */
    private static final int NAMED = 3;

    public CountedShortage {
        holders = List.copyOf(holders);
    }

    /** A namespace and the units that its jobs hold. */
    public record Holder(String tenant, long units) {
        @Override
        public String toString() {
            return tenant + " (" + units + ")";
        }
    }

    /** Whether the job waits however many others end. */
    boolean isLasting() {
        return amount < needed;
    }

    Reason reason() {
        return isLasting() ? Reason.TooFewCounted : Reason.CountedInUse;
    }

    /** What stays true while others come and go: the part of {@link #message} before the semicolon. */
    String need() {
        var needs = "needs " + needed + " of " + name;
        if (amount == 0) {
            return needs + ", and the DispatchPolicy has none in spec.counted";
        }
        return needs + (isLasting() ? ", and the DispatchPolicy has only " + amount + " in spec.counted" : "");
    }

    String message() {
        if (isLasting()) {
            return need();
        }
        var named = holders.stream().limit(NAMED).map(Holder::toString).collect(Collectors.joining(", "));
        int others = holders.size() - NAMED;
        return need() + "; free: " + Math.max(0, amount - held) + " of " + amount + ", held by " + named
                + (others > 0 ? " and " + others + (others == 1 ? " other namespace" : " other namespaces") : "");
    }
}
