package dev.smartdispatcher.operator.reconcile.job;

import dev.smartdispatcher.operator.availability.Availability;
import dev.smartdispatcher.operator.availability.Standing;
import dev.smartdispatcher.operator.reconcile.Caches;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Whether workers take new jobs, and what is to become of those that they have, as the caches show them. */
final class Standings {
    private final Caches caches;
    private final Clock clock;

    Standings(Caches caches, Clock clock) {
        this.caches = caches;
        this.clock = clock;
    }

    /** The standing of a worker now; empty if there is none of this name. */
    Optional<Standing> of(String worker) {
        return caches.worker(worker).map(known -> {
            var annotations = known.getMetadata().getAnnotations();
            return Availability.judge(
                    annotations == null ? Map.of() : annotations,
                    known.getSpec(),
                    Optional.ofNullable(known.getStatus()).map(s -> s.agent()),
                    caches.node(worker),
                    caches.policy().tolerations(),
                    clock.instant());
        });
    }
}
