package dev.smartdispatcher.agent.advisor;

import java.util.Optional;

/**
 * How many jobs run at a time: one for each thread that builds have. Memory and disk need not bound them, since the dispatcher
 * counts these for each job. A disk with heads does: many jobs that write at the same time slow each other, unless an emulator
 * keeps them computing.
 *
 * @param jobs at least 1
 * @param makeJobs most of each; never more than a NUMA node has threads
 * @param byHeads whether a disk with heads keeps them from being more
 */
record Concurrency(int jobs, int makeJobs, boolean byHeads) {
    /** Chosen by the simulation of hosts with such disks. */
    private static final int WRITERS = 12;

    /** With more than an eighth of the threads, a job is a little faster and all that come after it wait for it. */
    private static final int PART = 8;

    private static final int LEAST_MAKE_JOBS = 2;

    /** Empty if the threads are not known. */
    static Optional<Concurrency> of(Host host, Reserve reserve, Answers answers) {
        if (host.threads().isEmpty()) {
            return Optional.empty();
        }
        int threads = host.threads().getAsInt();
        int left = (int) Math.max(1, threads - Math.round(reserve.cpuMillis().orElse(0) / 1000.0));
        boolean byHeads = host.spinning() && answers.foreign() != Foreign.Emulated && left > WRITERS;
        int jobs = byHeads ? WRITERS : left;
        int node = Math.max(1, threads / host.numaNodes());
        int makeJobs = Math.min(Math.max(LEAST_MAKE_JOBS, left / PART), Math.min(left, node));
        return Optional.of(new Concurrency(jobs, makeJobs, byHeads));
    }
}
