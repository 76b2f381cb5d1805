package dev.smartdispatcher.operator.attempt;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.InstalledPackages;
import dev.smartdispatcher.api.job.status.Obstacle;
import dev.smartdispatcher.api.job.status.Usage;
import java.time.Instant;
import java.util.Optional;

/** What a pod says about its attempt. */
public sealed interface Observation {

    /** Lets the one of the visitor's methods decide that is meant for this observation. */
    <T> T accept(Visitor<T> visitor);

    /** One method for each observation. */
    interface Visitor<T> {
        T notStarted(NotStarted observation);

        T stuck(Stuck observation);

        T running(Running observation);

        T ending(Ending observation);

        T ended(Ended observation);
    }

    /**
     * No container yet, and it may still come.
     *
     * @param late whether it takes longer than it should
     * @param obstacle what keeps it, if there is more to say than that it takes its time
     * @param unmounted whether it is late and may be waiting for its volumes, which only its Events show
     */
    record NotStarted(boolean late, Optional<Obstacle> obstacle, boolean unmounted) implements Observation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.notStarted(this);
        }
    }

    /** No container, and none to be expected: the pod is to be deleted. It may still start until it is gone. */
    record Stuck(Obstacle obstacle) implements Observation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.stuck(this);
        }
    }

    /** The container runs. */
    record Running(Instant start) implements Observation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.running(this);
        }
    }

    /** The container has ended by a signal, and the kubelet may still report why: an eviction is in the pod's status later. */
    record Ending() implements Observation {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.ending(this);
        }
    }

    /**
     * The attempt is over.
     *
     * @param exitCode of the command, if there was one
     * @param usage as the entry measured it, if it could
     * @param message a sentence for people
     * @param output what is left of it
     * @param installed what was installed before the command, if that is known
     */
    record Ended(
            Reason outcome,
            Optional<Integer> exitCode,
            Optional<Usage> usage,
            Optional<Instant> start,
            Instant end,
            String message,
            AttemptOutput output,
            Optional<InstalledPackages> installed)
            implements Observation {
        /** The same end, for another reason. */
        public Ended because(Reason otherOutcome, String otherMessage) {
            return new Ended(otherOutcome, exitCode, usage, start, end, otherMessage, output, installed);
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.ended(this);
        }
    }
}
