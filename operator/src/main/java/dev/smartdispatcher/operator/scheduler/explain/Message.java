package dev.smartdispatcher.operator.scheduler.explain;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.filter.Rule;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The sentence that tells why a job waits: the workers counted by reason, with what the job needs and, of each reason for which
 * somebody would have to change something, the worker that comes nearest. It names nothing that changes all the time, as what
 * is free.
 */
final class Message {
    private final Requirements requirements;
    private final Envelope envelope;
    private final Map<Reason, Near> nearest = new EnumMap<>(Reason.class);

    /**
     * A worker, the more the nearer.
     *
     * @param others what else would have to be otherwise there
     */
    private record Near(Worker worker, long amount, List<Reason> others) {
        private static final Comparator<Near> ORDER =
                Comparator.comparingLong(Near::amount).thenComparing(n -> n.worker.name(), Comparator.reverseOrder());
    }

    Message(Requirements requirements, Envelope envelope) {
        this.requirements = requirements;
        this.envelope = envelope;
    }

    /** A worker that the job does not fit, though it matches. */
    void tooSmall(Reason reason, Worker worker, List<Reason> others) {
        near(reason, worker, amount(reason, worker.budget()), others);
    }

    /** A worker that takes no job, or not this one, for as long as somebody wants it so; the job fits it. */
    void closed(Reason reason, Worker worker, List<Reason> others) {
        near(reason, worker, worker.endBy().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE), others);
    }

    /** The worker that comes nearest of those that do not match for this reason. */
    void mismatch(Reason reason, Worker worker, List<Reason> others) {
        near(reason, worker, 0, others);
    }

    private void near(Reason reason, Worker worker, long amount, List<Reason> others) {
        nearest.merge(reason, new Near(worker, amount, others), (a, b) -> Near.ORDER.compare(a, b) >= 0 ? a : b);
    }

    private static long amount(Reason reason, Room budget) {
        return switch (reason) {
            case TooLittleCpu -> budget.cpuMillis();
            case TooLittleMemory -> budget.memory();
            case TooLittleDisk, TooLittleFreeDisk -> budget.disk();
            default -> budget.jobs();
        };
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
        if (reason == Reason.WrongArchitecture) {
            // Where some workers build it this is not what is missing.
            return all.size() > 1
                    ? ""
                    : " (needs a worker that builds " + requirements.target()
                            + ", or a rule for it in the environment)";
        }
        return Optional.ofNullable(nearest.get(reason))
                .flatMap(near -> detail(reason, near, starts))
                .orElse("");
    }

    private Optional<String> detail(Reason reason, Near near, boolean starts) {
        var worker = near.worker();
        var also = near.others().isEmpty()
                ? ""
                : near.others().stream().map(Reason::name).collect(Collectors.joining(", ", ", but also ", ""));
        var amount = Amount.of(reason, envelope, worker.budget())
                .or(() -> Rule.of(reason).flatMap(rule -> rule.lack(requirements, worker)));
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
