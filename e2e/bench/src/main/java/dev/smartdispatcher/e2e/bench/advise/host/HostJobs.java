package dev.smartdispatcher.e2e.bench.advise.host;

import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.e2e.bench.simulate.trace.Job;
import dev.smartdispatcher.e2e.bench.simulate.trace.JobGenerator;
import dev.smartdispatcher.e2e.bench.simulate.trace.Streams;
import dev.smartdispatcher.e2e.bench.simulate.trace.Streams.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The jobs that a host gets for a seed, whatever its limits: a wave at first, then as many as keep it as busy as the mix says.
 * A job that needs, or says it needs, more than half of the host's memory or disk is left out, so that the formula of the Open
 * Build Service, which gives builds half of the memory, can run all of them.
 */
public record HostJobs(List<Job> jobs, Map<Mode, Integer> penaltyPercent, Streams streams) {
    /** Draws them. */
    public static HostJobs of(TestHost host, Mix mix, long seed) {
        var trace = mix.trace();
        var streams = new Streams(seed);
        int wave = Math.min(mix.jobsPerRun() / 2, mix.wavePerThread() * host.threads());
        var fitting = new JobGenerator(trace, streams)
                .draw().stream()
                        .filter(job -> fits(job, host))
                        .limit(mix.jobsPerRun())
                        .toList();
        double work = fitting.stream()
                .mapToDouble(job -> job.work()
                        * 100
                        / host.speed()
                        * trace.modePenaltyPercent().get(mode(job))
                        / 100)
                .average()
                .orElseThrow();
        double mib = fitting.stream().mapToLong(Job::disk).average().orElseThrow() / (1 << 20);
        double apart = Math.max(work / host.capacity(host.threads()), mib / host.mibPerSecond()) / mix.load();
        var gaps = streams.of(Purpose.GAP);
        var jobs = new ArrayList<Job>();
        double time = 0;
        for (var job : fitting) {
            if (jobs.size() >= wave) {
                time += gaps.nextExponential() * apart;
            }
            jobs.add(job.arriving(jobs.size(), time));
        }
        return new HostJobs(List.copyOf(jobs), trace.modePenaltyPercent(), streams);
    }

    private static Mode mode(Job job) {
        return job.target() == Architecture.armv7l ? Mode.Emulated : Mode.Native;
    }

    private static boolean fits(Job job, TestHost host) {
        long half = host.memoryBytes() / 2 - (64L << 20);
        return job.memory().at(1) <= half
                && job.declared().map(m -> m.at(1) <= half).orElse(true)
                && job.disk() <= host.diskBytes() / 2;
    }
}
