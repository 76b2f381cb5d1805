package dev.smartdispatcher.e2e.bench.simulate.engine;

import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.e2e.bench.simulate.trace.Job;
import dev.smartdispatcher.e2e.bench.simulate.trace.Memory;
import java.util.Optional;

/**
 * A job that waits, as a rule may see it.
 *
 * @param attempt number that the next attempt will have, from 1
 * @param memory what it asks for: what was declared, or more after a kill; empty where nothing is known
 */
public record Request(Job job, int attempt, Optional<Memory> memory) {
    /** A job's first. */
    static Request first(Job job) {
        return new Request(job, 1, job.declared());
    }

    /**
     * The next one after a kill: scaled so that at the killed attempt's N it is twice what that had, at most {@code most}.
     *
     * @param missing what it counted as if nothing was known
     */
    Request after(Attempt killed, Memory missing, long most) {
        var asked = memory.orElse(missing);
        double wanted = Math.min(2.0 * killed.start().memory(), most);
        return new Request(
                job,
                attempt + 1,
                Optional.of(asked.times(wanted / asked.at(killed.start().processes()))));
    }

    public Architecture target() {
        return job.target();
    }

    /** Its place in order of arrival. */
    public int index() {
        return job.index();
    }
}
