package dev.smartdispatcher.e2e.quickstart.view;

import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import java.util.Optional;

/** How a job is to end, as its annotation says; without one it is to end Complete. */
public final class Expectation {
    public static final String ANNOTATION = "quickstart.smartdispatcher.dev/expect";
    private static final String COMPLETE = "Complete";

    private Expectation() {}

    /** The annotation's value: {@code Complete}, {@code Failed/REASON} or {@code Waiting/REASON}. */
    public static String of(BuildJob job) {
        var annotations = job.getMetadata().getAnnotations();
        return annotations == null ? COMPLETE : annotations.getOrDefault(ANNOTATION, COMPLETE);
    }

    /** Where the job stands, in the same words; empty while it runs or has not been looked at. */
    public static Optional<String> actual(BuildJob job) {
        var status = Optional.ofNullable(job.getStatus()).orElse(BuildJobStatus.EMPTY);
        if (status.holds(BuildJobStatus.COMPLETE)) {
            return Optional.of(COMPLETE);
        }
        if (status.holds(BuildJobStatus.FAILED)) {
            return status.condition(BuildJobStatus.FAILED)
                    .map(Condition::reason)
                    .map(r -> "Failed/" + r);
        }
        return Optional.ofNullable(status.waiting()).map(w -> "Waiting/" + w.reason());
    }

    /** Whether the job stands as expected. */
    public static boolean met(BuildJob job) {
        return actual(job).filter(of(job)::equals).isPresent();
    }
}
