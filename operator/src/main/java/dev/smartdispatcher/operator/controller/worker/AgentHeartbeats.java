package dev.smartdispatcher.operator.controller.worker;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.api.worker.WriteTimes;
import dev.smartdispatcher.operator.worker.SchedulabilityRules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When agents were last heard. What they say of the time themselves does not count: a node's clock may be minutes behind or
 * years ahead. So a worker's age is that of the last change of {@code observedTime} that this process saw; of a worker that
 * it sees for the first time, as after a restart, what the API server noted of the last write of that field. Safe for use by
 * several threads.
 */
final class AgentHeartbeats {
    private final Clock clock;
    private final Map<String, AgentHeartbeat> last = new ConcurrentHashMap<>();

    AgentHeartbeats(Clock clock) {
        this.clock = clock;
    }

    /** The worker's last sign of life; empty if its agent has not published anything yet. */
    Optional<AgentHeartbeat> of(BuildWorker worker) {
        var observed = Optional.ofNullable(worker.getStatus())
                .map(BuildWorkerStatus::agent)
                .map(facts -> facts.observedTime());
        return observed.map(time -> last.compute(
                worker.getMetadata().getName(), (name, before) -> next(worker, time, Optional.ofNullable(before))));
    }

    void forget(String worker) {
        last.remove(worker);
    }

    private AgentHeartbeat next(BuildWorker worker, Instant observed, Optional<AgentHeartbeat> before) {
        var now = clock.instant();
        var uid = worker.getMetadata().getUid();
        var known = before.filter(heartbeat -> heartbeat.isOf(uid, observed));
        if (known.isPresent()) {
            // The clock may have been set back.
            return known.get().seen().isAfter(now)
                    ? new AgentHeartbeat(
                            uid,
                            observed,
                            now,
                            known.get().written(),
                            known.get().ahead())
                    : known.get();
        }
        var written = WriteTimes.ofObservation(worker);
        boolean changed =
                before.filter(heartbeat -> heartbeat.uid().equals(uid)).isPresent();
        if (changed) {
            return new AgentHeartbeat(
                    uid, observed, now, written, Optional.of(Duration.between(written.orElse(now), observed)));
        }
        var seen = wasSilent(worker, observed)
                ? now.minus(SchedulabilityRules.SILENT_AFTER).minusSeconds(1)
                : written.filter(time -> time.isBefore(now)).orElse(now);
        return new AgentHeartbeat(uid, observed, seen, written, ahead(written, observed, now));
    }

    /** Whoever was silent when another process looked at it, and has not been heard since, still is. */
    private static boolean wasSilent(BuildWorker worker, Instant observed) {
        return worker.getStatus()
                .condition(BuildWorkerStatus.SCHEDULABLE)
                .filter(c -> c.reason().equals(Reason.Silent.name()))
                .filter(c -> c.message().equals(SchedulabilityRules.silence(observed)))
                .isPresent();
    }

    /** Without the time of the write an old observation is as likely as a clock that is behind. */
    private static Optional<Duration> ahead(Optional<Instant> written, Instant observed, Instant now) {
        return written.or(() -> Optional.of(now).filter(observed::isAfter))
                .map(time -> Duration.between(time, observed));
    }
}
