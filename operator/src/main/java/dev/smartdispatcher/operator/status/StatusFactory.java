package dev.smartdispatcher.operator.status;

import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.Reason;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Makes every condition there is, so that time, generation and transitions are set in one way. */
public final class StatusFactory {
    /** As in Kubernetes, times in a status are whole seconds. */
    private final Clock clock;

    public StatusFactory(Clock clock) {
        this.clock = clock;
    }

    /** Now, in whole seconds. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * The list with this condition set, in the place it had. The transition time moves only if the status changes; a
     * condition that would be the same but for its generation keeps everything else.
     */
    public List<Condition> with(
            List<Condition> conditions, String type, boolean holds, Reason reason, String message, long generation) {
        return with(conditions, type, Condition.Status.of(holds), reason, message, generation);
    }

    /** The same, where it may be unknown whether the condition holds. */
    public List<Condition> with(
            List<Condition> conditions,
            String type,
            Condition.Status status,
            Reason reason,
            String message,
            long generation) {
        var updated = new ArrayList<>(conditions);
        for (int i = 0; i < updated.size(); i++) {
            var old = updated.get(i);
            if (old.type().equals(type)) {
                var since = old.status() == status ? old.lastTransitionTime() : now();
                updated.set(i, new Condition(type, status, generation, since, reason.name(), message));
                return updated;
            }
        }
        updated.add(new Condition(type, status, generation, now(), reason.name(), message));
        return updated;
    }
}
