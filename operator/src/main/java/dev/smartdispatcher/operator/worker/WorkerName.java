package dev.smartdispatcher.operator.worker;

import java.util.Optional;

/** What a worker's name has to be, beyond what a Node's has. */
public final class WorkerName {
    /** Of a label's value, in characters. */
    private static final int LONGEST = 63;

    private WorkerName() {}

    /** Why no pod can be on a worker of this name. */
    public static Optional<String> problem(String name) {
        return name.length() <= LONGEST
                ? Optional.empty()
                : Optional.of("metadata.name: has " + name.length()
                        + " characters; pods carry it as a label, which has at most " + LONGEST
                        + ": register the Node under a shorter name");
    }
}
