package dev.smartdispatcher.e2e.bench.simulate.rules;

import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.e2e.bench.simulate.engine.Farm;
import dev.smartdispatcher.e2e.bench.simulate.engine.Request;
import dev.smartdispatcher.e2e.bench.simulate.trace.Host;
import dev.smartdispatcher.e2e.bench.simulate.trace.Memory;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.job.JobKey;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import dev.smartdispatcher.operator.scheduler.sizing.WorkEstimate;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Hosts and jobs of the simulation as the operator's dispatcher sees workers and jobs. */
final class OursView {
    private static final long MILLIS_PER_CORE = 1000;

    private final Farm farm;
    private final Optional<ProfiledJobs> profiled;
    private final Map<Architecture, Requirements> requirements = new EnumMap<>(Architecture.class);

    OursView(Farm farm) {
        this(farm, Optional.empty());
    }

    OursView(Farm farm, Past past) {
        this(farm, Optional.of(new ProfiledJobs(farm, past)));
    }

    private OursView(Farm farm, Optional<ProfiledJobs> profiled) {
        this.farm = farm;
        this.profiled = profiled;
        for (var target : Architecture.values()) {
            requirements.put(target, requirements(target));
        }
    }

    /** As the baselines have it: a target is emulated only if it cannot be built in any other way. */
    private Requirements requirements(Architecture target) {
        var modes = farm.hosts().stream().flatMap(h -> h.mode(target).stream()).collect(Collectors.toSet());
        if (modes.size() > 1) {
            modes.remove(Mode.Emulated);
        }
        return Requirements.of(target).withModes(modes);
    }

    static Worker worker(Host host, Room budget) {
        return new Worker(
                host.name(),
                host.arch(),
                host.targets(),
                EnumSet.allOf(JobIsolation.class),
                false,
                Set.of(),
                Worker.Kernel.UNKNOWN,
                Map.of(),
                OptionalInt.of((int) Math.round(host.speed())),
                Long.MAX_VALUE,
                Map.of(),
                budget,
                host.disk(),
                Optional.empty(),
                Optional.empty(),
                0,
                Map.of());
    }

    /** All of it. */
    static Room wholeHost(Host host) {
        return new Room(host.cores() * MILLIS_PER_CORE, host.memory(), host.disk(), host.cores());
    }

    PendingJob job(Request request) {
        var job = request.job();
        var expense = job.heavy() ? Expense.Heavy : Expense.Normal;
        var known = job.history().map(h -> new WorkEstimate(h.work(), h.serial()));
        var pending = new PendingJob(
                new JobKey("tenant-%04d".formatted(job.tenant()), "job-%07d".formatted(job.index()), uid(request)),
                request.attempt(),
                requirements.get(job.target()),
                envelope(request),
                expense,
                0,
                Optional.empty(),
                Instant.EPOCH.plus(Duration.ofNanos(Math.round(job.arrival() * 1e9))),
                Set.of(),
                Set.of(),
                job.history().isEmpty() && request.memory().isEmpty(),
                Optional.empty(),
                known);
        return profiled.map(jobs -> jobs.learned(request, pending)).orElse(pending);
    }

    private Envelope envelope(Request request) {
        var memory = memory(request);
        return new Envelope(
                MILLIS_PER_CORE,
                (long) Math.ceil(memory.base()),
                (long) Math.ceil(memory.perProcess()),
                request.job().disk(),
                1,
                request.job().maxProcesses());
    }

    /** What earlier builds really used, else what is declared, else the policy's default; more after a kill. */
    private Memory memory(Request request) {
        var known = request.job().history().filter(h -> request.attempt() == 1);
        return known.map(h -> h.memory()).or(request::memory).orElse(farm.missing());
    }

    static String uid(Request request) {
        return Integer.toString(request.index());
    }

    static int index(Worker worker) {
        return Integer.parseInt(worker.name().substring(worker.name().lastIndexOf('-') + 1));
    }
}
