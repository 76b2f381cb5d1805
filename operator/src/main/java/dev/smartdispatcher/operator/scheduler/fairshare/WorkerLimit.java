package dev.smartdispatcher.operator.scheduler.fairshare;

import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.util.Optional;

/**
 * How many jobs a tenant may have on some of the workers.
 *
 * @param hostArch of the workers; empty: any
 * @param selector on their labels; empty: all
 * @param maxJobs that it may have on them at a time
 */
public record WorkerLimit(Optional<Architecture> hostArch, Optional<LabelSelector> selector, int maxJobs) {
    /** Whether a worker is one of them. */
    public boolean covers(Worker worker) {
        return hostArch.filter(arch -> arch != worker.hostArch()).isEmpty()
                && (selector.isEmpty() || selector.get().matches(worker.labels()));
    }

    /** In words, as in "4 jobs on armv7l workers". */
    @Override
    public String toString() {
        return maxJobs + (maxJobs == 1 ? " job" : " jobs") + " on "
                + hostArch.map(arch -> arch + " workers").orElse("workers")
                + (selector.isEmpty() ? "" : " that the limit's workerSelector selects");
    }
}
