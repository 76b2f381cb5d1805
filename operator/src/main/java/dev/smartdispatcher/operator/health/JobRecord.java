package dev.smartdispatcher.operator.health;

import java.util.ArrayList;
import java.util.List;

/** The attempts of a job that failed so far. Immutable. */
record JobRecord(List<Failure> failures) {
    static final JobRecord NEW = new JobRecord(List.of());
    private static final int MOST = 32;

    /**
     * One of them.
     *
     * @param counted whether it counts as a failure of the package
     */
    record Failure(String worker, int number, boolean counted) {}

    JobRecord with(Failure failure) {
        var all = new ArrayList<>(failures);
        all.add(failure);
        return new JobRecord(List.copyOf(all.subList(Math.max(0, all.size() - MOST), all.size())));
    }

    boolean hasFailedElsewhere(String worker) {
        return failures.stream().anyMatch(f -> !f.worker().equals(worker));
    }

    /** The same, all of them counted. */
    JobRecord counted() {
        return new JobRecord(failures.stream()
                .map(f -> new Failure(f.worker(), f.number(), true))
                .toList());
    }
}
