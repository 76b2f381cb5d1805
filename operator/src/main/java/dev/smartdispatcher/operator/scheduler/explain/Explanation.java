package dev.smartdispatcher.operator.scheduler.explain;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.fairshare.NamespaceHold;
import dev.smartdispatcher.operator.scheduler.placement.AwaitedWorker;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a job waits.
 *
 * @param reason in one word
 * @param message for people: the workers counted by the reason why they do not take it, and the nearest one by each
 * @param reservedWorker where room is reserved for the job
 * @param estimatedStart when enough room there is known to be free
 */
public record Explanation(
        Reason reason, String message, Optional<String> reservedWorker, Optional<Instant> estimatedStart) {

    /** The same for another job of equal shape, with what is kept for that. */
    public Explanation with(Optional<String> worker, Optional<Instant> start) {
        return new Explanation(reason, message, worker, start);
    }

    /** Of a job that could start on a worker that emulates, and waits for a faster one instead. */
    public Explanation awaiting(AwaitedWorker awaited) {
        return new Explanation(
                Reason.FasterWorkerBusy,
                "expected to finish earlier on " + awaited.worker().name() + " in mode " + awaited.mode()
                        + ", once there is room, than emulated on another worker now",
                reservedWorker,
                estimatedStart);
    }

    /** Of a job whose namespace refuses what it needs: that alone counts, and nobody knows until when. */
    public Explanation held(NamespaceHold.Published published) {
        return new Explanation(published.reason(), published.message(), Optional.empty(), Optional.empty());
    }

    /**
     * Of a job that needs more of a counted resource than is free. That counts where workers could take the job, now or later; and
     * always where no end of others helps.
     */
    public Explanation lacking(CountedShortage shortage) {
        return shortage.isLasting() || reason == Reason.NoRoom || reason == Reason.FasterWorkerBusy
                ? new Explanation(shortage.reason(), shortage.message(), reservedWorker, estimatedStart)
                : this;
    }

    /** Stands for all words that are worth a write of their own: not for who holds a counted resource just now. */
    public int fingerprint() {
        var lasting = reason == Reason.CountedInUse ? message.substring(0, message.indexOf(';')) : message;
        return Objects.hash(reason, lasting, reservedWorker);
    }

    /** Of a job whose tenant has as many jobs on workers as it may: whatever workers there are, it waits for those. */
    public Explanation limited(int jobs) {
        return new Explanation(
                Reason.TenantLimit,
                "the namespace already has as many jobs on workers as the DispatchPolicy allows: " + jobs,
                reservedWorker,
                estimatedStart);
    }
}
