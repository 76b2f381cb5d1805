package dev.smartdispatcher.e2e.bench.advise.host;

import dev.smartdispatcher.e2e.bench.simulate.engine.Attempt;
import dev.smartdispatcher.e2e.bench.simulate.engine.Farm;
import dev.smartdispatcher.e2e.bench.simulate.engine.Request;
import dev.smartdispatcher.e2e.bench.simulate.engine.Start;
import dev.smartdispatcher.e2e.bench.simulate.rules.OursRule;
import dev.smartdispatcher.e2e.bench.simulate.trace.Job;
import dev.smartdispatcher.e2e.bench.simulate.trace.Streams;
import dev.smartdispatcher.e2e.bench.simulate.trace.Streams.Purpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Runs jobs on one host under the operator's own dispatcher, from event to event. An attempt first writes what it needs on disk,
 * then computes. Writers share the disk, processes the cores; what the system uses is taken from both. An attempt that gets less
 * memory or disk than it needs is killed on the way; if all of them need more memory than the host has, the largest is. The next
 * attempt has twice as much of what ran out.
 */
public final class HostRun {
    /** Beside a build's own: the runtime's shim, the pause process and the entry. */
    private static final long POD_BYTES = 30L << 20;

    private static final double MIB = 1 << 20;

    private final TestHost host;
    private final Limits limits;
    private final List<Job> jobs;
    private final Farm farm;
    private final OursRule rule;
    private final Streams streams;
    private final Shared disk = new Shared();
    private final Shared cpu = new Shared();
    private final List<Running> computing = new ArrayList<>();
    private double now;
    private double busy;
    private long used;
    private double turnaround;
    private int over;
    private int waiting;
    private boolean changed;
    private int kills;

    private HostRun(TestHost host, HostJobs drawn, Limits limits) {
        this.host = host;
        this.limits = limits;
        jobs = drawn.jobs();
        streams = drawn.streams();
        var budget = limits.budget();
        farm = new Farm(
                List.of(host.whole(budget.memory(), budget.disk())),
                jobs,
                limits.memory(),
                drawn.penaltyPercent(),
                0,
                1);
        rule = new OursRule(farm, h -> budget);
    }

    /** Until all jobs are done. Throws {@link IllegalStateException} if some never can. */
    public static Outcome run(TestHost host, HostJobs jobs, Limits limits) {
        return new HostRun(host, jobs, limits).run();
    }

    private Outcome run() {
        int next = 0;
        while (over < jobs.size()) {
            double cpuRate = host.cpuRate(busy);
            double diskRate = host.diskRate(Math.max(1, disk.size()));
            double arrival = next < jobs.size() ? jobs.get(next).arrival() - now : Double.POSITIVE_INFINITY;
            double toDisk = disk.untilFirst(diskRate);
            double toCpu = cpu.untilFirst(cpuRate);
            double step = Math.min(arrival, Math.min(toDisk, toCpu));
            if (Double.isInfinite(step)) {
                throw new IllegalStateException((jobs.size() - over) + " jobs can never start on " + host.name());
            }
            now += step;
            disk.advance(step, diskRate);
            cpu.advance(step, cpuRate);
            if (toDisk <= step) {
                written(disk.first());
            } else if (toCpu <= step) {
                computed(cpu.first());
            }
            while (next < jobs.size() && jobs.get(next).arrival() <= now) {
                arrive(first(jobs.get(next)));
                next++;
            }
            if (changed && waiting > 0) {
                rule.decide(now).forEach(this::start);
                changed = false;
            }
        }
        return new Outcome(turnaround / jobs.size(), now, kills);
    }

    /** A job that says nothing of its memory says nothing of its disk. */
    private Request first(Job job) {
        var bounded = job.withMaxProcesses(Math.min(job.maxProcesses(), limits.makeJobs()));
        return new Request(job.declared().isPresent() ? bounded : bounded.withDisk(limits.disk()), 1, job.declared());
    }

    private void arrive(Request request) {
        rule.arrived(request);
        waiting++;
        changed = true;
    }

    private void end(Running running, boolean killed) {
        rule.ended(new Attempt(running.start(), running.begin(), now, killed));
        changed = true;
    }

    private void start(Start start) {
        waiting--;
        var request = start.request();
        var job = jobs.get(request.index());
        double fraction = streams.at(Purpose.KILL, request.index(), request.attempt());
        boolean diskKilled = start.disk() < job.disk();
        boolean memoryKilled = start.memory() < job.memory().at(start.processes());
        double seconds = farm.seconds(job, start.host(), start.processes());
        var running = new Running(
                start,
                now,
                job.disk() / MIB * (diskKilled ? fraction : 1),
                seconds * (memoryKilled ? fraction : 1),
                1 / (job.serial() + (1 - job.serial()) / start.processes()),
                Math.min(start.memory(), job.memory().at(start.processes())) + POD_BYTES,
                diskKilled,
                memoryKilled);
        disk.add(running, running.mib());
    }

    private void written(Running running) {
        if (running.diskKilled()) {
            var request = running.start().request();
            killed(running);
            retry(new Request(
                    request.job()
                            .withDisk(Math.min(
                                    2 * running.start().disk(), limits.budget().disk())),
                    request.attempt() + 1,
                    request.memory()));
            return;
        }
        computing.add(running);
        busy += running.threads();
        used += running.memory();
        cpu.add(running, running.seconds());
        while (used + host.systemBytes() > host.memoryBytes()) {
            var largest = computing.stream()
                    .max(Comparator.comparingLong(Running::memory))
                    .orElseThrow();
            cpu.remove(largest);
            outOfMemory(largest);
        }
    }

    private void computed(Running running) {
        if (running.memoryKilled()) {
            outOfMemory(running);
            return;
        }
        leave(running);
        end(running, false);
        turnaround += now - jobs.get(running.index()).arrival();
        over++;
    }

    private void outOfMemory(Running running) {
        leave(running);
        killed(running);
        var request = running.start().request();
        var asked = request.memory().orElse(farm.missing());
        // At most all of it for a single make job.
        double factor = Math.min(
                2.0 * running.start().memory() / asked.at(running.start().processes()),
                (double) farm.hosts().get(0).memory() / asked.at(1));
        retry(new Request(request.job(), request.attempt() + 1, Optional.of(asked.times(factor * (1 - 1e-9)))));
    }

    private void leave(Running running) {
        computing.remove(running);
        busy -= running.threads();
        used -= running.memory();
        if (computing.isEmpty()) {
            busy = 0;
        }
    }

    private void killed(Running running) {
        kills++;
        end(running, true);
    }

    private void retry(Request request) {
        if (request.attempt() > 30) {
            throw new IllegalStateException("job " + request.index() + " never has enough on " + host.name());
        }
        arrive(request);
    }
}
