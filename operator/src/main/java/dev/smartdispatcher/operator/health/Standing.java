package dev.smartdispatcher.operator.health;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.worker.Quarantine;
import java.time.Instant;
import java.util.Optional;

/**
 * How a worker stands, and so what starts there.
 *
 * @param reason {@link Reason#NoSuspicion}, {@link Reason#Suspect}, {@link Reason#Quarantined} or {@link Reason#OnTrial}
 * @param oneAtATime whether a build starts only if no other runs there
 * @param message for people
 * @param quarantine what is recorded of it; {@link Quarantine#NONE} if nothing
 */
public record Standing(Reason reason, boolean oneAtATime, String message, Quarantine quarantine) {
    public static final Standing TRUSTED =
            new Standing(Reason.NoSuspicion, false, "builds end here as they do elsewhere", Quarantine.NONE);

    /** Whether no build starts there. */
    public boolean isClosed() {
        return reason == Reason.Quarantined;
    }

    /** When the worker's trial began; empty if it is not on trial. */
    public Optional<Instant> trialSince() {
        return reason == Reason.OnTrial ? Optional.of(quarantine.until()) : Optional.empty();
    }
}
