package dev.smartdispatcher.operator.scheduler.explain;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.fairshare.WorkerLimit;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.filter.Rule;
import dev.smartdispatcher.operator.scheduler.filter.Shortfall;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * The sentence that tells why a job waits: the workers counted by reason, with what the job needs and, of each reason for which
 * somebody would have to change something, the worker that comes nearest. It names nothing that changes all the time, as what
 * is free.
 */
final class Message {
    private static final BinaryOperator<Shortfall> NEAREST = BinaryOperator.minBy(Shortfall.LEAST);

    private final Requirements requirements;
    private final Envelope envelope;
    /** A limit of the tenant that keeps the job from a worker; null if none does. */
    private String limit;

    private final Map<Reason, Shortfall> nearest = new EnumMap<>(Reason.class);

    Message(Requirements requirements, Envelope envelope) {
        this.requirements = requirements;
        this.envelope = envelope;
    }

    /** This limit of the tenant keeps the job from a worker; the first one by its words is named. */
    void limit(WorkerLimit by) {
        var words = by.toString();
        limit = limit == null || words.compareTo(limit) < 0 ? words : limit;
    }

    /** A worker that does not take the job; by each reason the nearest is named. */
    void near(Shortfall shortfall) {
        nearest.merge(shortfall.reason(), shortfall, NEAREST);
    }

    /**
     * The sentence.
     *
     * @param starts whether the job starts when something ends, without anybody's doing
     */
    String text(Map<Reason, Integer> counts, boolean starts) {
        var workers =
                "0/" + counts.values().stream().mapToInt(Integer::intValue).sum() + " workers";
        return counts.isEmpty()
                ? workers
                : counts.entrySet().stream()
                        .sorted(Comparator.comparing((Map.Entry<Reason, Integer> e) -> -e.getValue())
                                .thenComparing(Map.Entry::getKey))
                        .map(e -> e.getValue() + " " + e.getKey() + detail(e.getKey(), counts.keySet(), starts))
                        .collect(Collectors.joining(", ", workers + ": ", ""));
    }

    private String detail(Reason reason, Collection<Reason> all, boolean starts) {
        if (reason == Reason.NoRoom) {
            return " (needs " + Amount.everything(envelope) + ")";
        }
        if (reason == Reason.TenantLimit && limit != null) {
            return " (the DispatchPolicy allows the namespace " + limit + ")";
        }
        if (reason == Reason.WrongArchitecture) {
            // Where some workers build it this is not what is missing.
            return all.size() > 1
                    ? ""
                    : " (needs a worker that builds " + requirements.target()
                            + ", or a rule for it in the environment)";
        }
        return Optional.ofNullable(nearest.get(reason))
                .flatMap(shortfall -> detail(reason, shortfall, starts))
                .orElse("");
    }

    private Optional<String> detail(Reason reason, Shortfall shortfall, boolean starts) {
        var worker = shortfall.worker();
        var also = shortfall.others().isEmpty()
                ? ""
                : shortfall.others().stream().map(Reason::name).collect(Collectors.joining(", ", ", but also ", ""));
        var amount = Amount.of(reason, envelope, worker.budget())
                .or(() -> Rule.of(reason).flatMap(rule -> rule.unmetNeed(requirements, worker)));
        if (amount.isPresent()) {
            return amount.map(
                    a -> " (needs " + a.needed() + "; nearest: " + worker.name() + " " + a.there() + also + ")");
        }
        if (starts) {
            return Optional.empty();
        }
        return reason == Reason.EndsAfterDeadline
                ? worker.endBy()
                        .map(end -> " (nearest: " + worker.name() + " accepts only jobs that are known to end by " + end
                                + also + ")")
                : Optional.of(" (nearest: " + worker.name() + also + ")");
    }
}
