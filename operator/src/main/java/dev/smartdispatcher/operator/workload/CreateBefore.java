package dev.smartdispatcher.operator.workload;

import dev.smartdispatcher.api.Annotations;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Until when the API server may create a pod. The chart's {@code creation-policy.yaml} refuses it later, so a request that was
 * held up on its way makes no pod when nobody expects one any more. All times are by the API server's clock.
 */
public final class CreateBefore {
    /** How long a request may be on its way. */
    public static final Duration WINDOW = Duration.ofSeconds(15);
    /** The policy compares whole seconds; and API servers of one cluster may differ by another one. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private CreateBefore() {}

    /** The latest time for a pod that is asked for now. */
    public static Instant of(Instant now) {
        return now.plus(WINDOW).truncatedTo(ChronoUnit.SECONDS);
    }

    /** The pod, not to be created after this time. */
    public static Pod marked(Pod pod, Instant createBefore) {
        return new PodBuilder(pod)
                .editMetadata()
                .addToAnnotations(Annotations.CREATE_BEFORE, createBefore.toString())
                .endMetadata()
                .build();
    }

    /** From when on no API server creates a pod that was not to be created after this time. */
    public static Instant over(Instant createBefore) {
        return createBefore.plus(MARGIN);
    }
}
