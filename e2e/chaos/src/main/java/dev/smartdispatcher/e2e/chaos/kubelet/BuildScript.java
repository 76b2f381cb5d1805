package dev.smartdispatcher.e2e.chaos.kubelet;

import io.fabric8.kubernetes.api.model.Pod;

/**
 * What a job's only argument says of its build, as {@code 1500 succeed}.
 *
 * @param millis how long it runs
 * @param end how it ends
 */
public record BuildScript(long millis, End end) {
    /** How a build ends by itself. */
    public enum End {
        SUCCEED,
        FAIL,
        /** The first attempt fails, others succeed. */
        FAIL_ONCE,
        /** The first attempt is killed for its memory, others succeed. */
        OUT_OF_MEMORY_ONCE
    }

    /** The argument. */
    public String text() {
        return millis + " " + end;
    }

    /** What the pod of an attempt is to do. */
    static BuildScript of(Pod pod) {
        var args = pod.getSpec().getContainers().get(0).getArgs();
        var words = args.get(args.size() - 1).split(" ");
        return new BuildScript(Long.parseLong(words[0]), End.valueOf(words[1]));
    }

    /** How the attempt of this number ends. */
    ContainerEnd end(int attempt) {
        return switch (end) {
            case SUCCEED -> ContainerEnd.SUCCEEDED;
            case FAIL -> ContainerEnd.FAILED;
            case FAIL_ONCE -> attempt == 1 ? ContainerEnd.FAILED : ContainerEnd.SUCCEEDED;
            case OUT_OF_MEMORY_ONCE -> attempt == 1 ? ContainerEnd.OUT_OF_MEMORY : ContainerEnd.SUCCEEDED;
        };
    }
}
