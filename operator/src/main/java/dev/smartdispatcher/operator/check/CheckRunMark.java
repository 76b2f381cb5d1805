package dev.smartdispatcher.operator.check;

import dev.smartdispatcher.api.Annotations;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which run of its check a pod is: an annotation of the pod.
 *
 * @param round number of the run on its worker
 * @param generation of the WorkerCheck that the pod was made from
 * @param asked whether somebody asked for it by the worker's annotation
 */
public record CheckRunMark(long round, long generation, boolean asked) {
    private static final Pattern TEXT =
            Pattern.compile("round ([0-9]{1,15}) of generation ([0-9]{1,15})(, asked for)?");

    /** The annotation's value. */
    public String write() {
        return "round " + round + " of generation " + generation + (asked ? ", asked for" : "");
    }

    /** The mark of a pod; empty if it has none. */
    public static Optional<CheckRunMark> of(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Annotations.CHECK_RUN))
                .map(TEXT::matcher)
                .filter(match -> match.matches())
                .map(match -> new CheckRunMark(
                        Long.parseLong(match.group(1)), Long.parseLong(match.group(2)), match.group(3) != null));
    }
}
