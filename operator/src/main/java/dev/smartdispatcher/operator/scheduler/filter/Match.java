package dev.smartdispatcher.operator.scheduler.filter;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.arch.Mode;
import java.util.Optional;

/** Whether a worker can build a job, whatever the load. */
public sealed interface Match {

    /** The mode to build in, if the worker can. */
    Optional<Mode> mode();

    /** Why it cannot, if so. */
    Optional<Reason> rejection();

    /** It can, best in this mode. */
    record Eligible(Mode best) implements Match {
        @Override
        public Optional<Mode> mode() {
            return Optional.of(best);
        }

        @Override
        public Optional<Reason> rejection() {
            return Optional.empty();
        }
    }

    /** It cannot, first of all for this reason. */
    record Rejected(Reason reason) implements Match {
        @Override
        public Optional<Mode> mode() {
            return Optional.empty();
        }

        @Override
        public Optional<Reason> rejection() {
            return Optional.of(reason);
        }
    }
}
