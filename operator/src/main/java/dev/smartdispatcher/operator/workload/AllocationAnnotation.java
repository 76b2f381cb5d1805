package dev.smartdispatcher.operator.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** The allocation as a pod carries it, so that a deleted job's room is known from its pod alone. */
public final class AllocationAnnotation {
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private AllocationAnnotation() {}

    /** The annotation's value. */
    public static String write(Allocation allocation) {
        try {
            return JSON.writeValueAsString(allocation);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an allocation is always JSON", e);
        }
    }

    /** The pod's allocation; empty if it carries none that can be read. */
    public static Optional<Allocation> read(Pod pod) {
        var annotations = pod.getMetadata().getAnnotations();
        var value = annotations == null ? null : annotations.get(Annotations.ALLOCATION);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(value, Allocation.class)).filter(AllocationAnnotation::countable);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Anybody may write an annotation: only amounts that are there and are quantities count. */
    private static boolean countable(Allocation allocation) {
        if (allocation.cpu() == null || allocation.memory() == null || allocation.disk() == null) {
            return false;
        }
        try {
            return allocation.counted().values().stream().allMatch(units -> units != null && units >= 0)
                    && Quantities.millis(allocation.cpu()) >= 0
                    && Quantities.bytes(allocation.memory()) >= 0
                    && Quantities.bytes(allocation.disk()) >= 0;
        } catch (IllegalArgumentException | ArithmeticException e) {
            return false;
        }
    }
}
