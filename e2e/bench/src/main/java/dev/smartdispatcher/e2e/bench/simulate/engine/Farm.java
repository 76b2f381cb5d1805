package dev.smartdispatcher.e2e.bench.simulate.engine;

import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.e2e.bench.simulate.trace.Host;
import dev.smartdispatcher.e2e.bench.simulate.trace.Job;
import dev.smartdispatcher.e2e.bench.simulate.trace.Memory;
import java.util.List;
import java.util.Map;

/**
 * What a run takes place on.
 *
 * @param jobs in order of arrival
 * @param missing what a job that declares nothing counts as
 * @param hours during which jobs arrive
 */
public record Farm(
        List<Host> hosts,
        List<Job> jobs,
        Memory missing,
        Map<Mode, Integer> penaltyPercent,
        double startSeconds,
        double hours) {

    /** Seconds that an attempt runs if it is not killed. */
    public double seconds(Job job, Host host, int processes) {
        int penalty = penaltyPercent.get(host.mode(job.target()).orElseThrow());
        return startSeconds + job.seconds(processes, host.speed()) * penalty / 100;
    }

    /** Whether some host could ever run the job, by what it really needs and by what it is said to need. */
    public boolean canHold(Job job) {
        return hosts.stream()
                .anyMatch(h -> h.mode(job.target()).isPresent()
                        && job.memory().at(1) <= h.memory()
                        && job.declared().map(m -> m.at(1) <= h.memory()).orElse(true)
                        && job.disk() <= h.disk());
    }

    /** The most memory that a job of this target can get. */
    public long mostMemory(Job job) {
        return hosts.stream()
                .filter(h -> h.mode(job.target()).isPresent() && job.disk() <= h.disk())
                .mapToLong(Host::memory)
                .max()
                .orElse(0);
    }
}
