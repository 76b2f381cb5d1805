package dev.smartdispatcher.operator.controller.sync;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.policy.JobDefaults;
import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.attempt.retry.RetryPlacement;
import dev.smartdispatcher.operator.attempt.start.StartHistory;
import dev.smartdispatcher.operator.controller.cache.JobDurations;
import dev.smartdispatcher.operator.controller.past.PastBuilds;
import dev.smartdispatcher.operator.packages.CrossPairs;
import dev.smartdispatcher.operator.policy.InstallerDemand;
import dev.smartdispatcher.operator.profile.LearnedEnvelope;
import dev.smartdispatcher.operator.profile.LearnedWorkEstimate;
import dev.smartdispatcher.operator.scheduler.admission.Admission;
import dev.smartdispatcher.operator.scheduler.filter.FactDemand;
import dev.smartdispatcher.operator.scheduler.filter.Inodes;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.job.JobKey;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import dev.smartdispatcher.operator.workload.pod.ScratchVolume;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes the scheduler's {@link PendingJob} of a job that waits: from what it requests, the policy's defaults and its past attempts. */
public final class PendingJobFactory {
    private final JobDefaults defaults;
    private final PastBuilds profiles;
    private final Function<Requirements, Collection<Worker>> matching;
    private final Instant now;

    /**
     * For one look, where nothing is known of earlier builds.
     *
     * @param matching see the other one
     */
    public PendingJobFactory(JobDefaults defaults, Function<Requirements, Collection<Worker>> matching, Instant now) {
        this(defaults, PastBuilds.UNKNOWN, matching, now);
    }

    /**
     * For one look.
     *
     * @param matching the workers that satisfy requirements: no envelope grows beyond what one of them could give
     */
    PendingJobFactory(
            JobDefaults defaults,
            PastBuilds profiles,
            Function<Requirements, Collection<Worker>> matching,
            Instant now) {
        this.defaults = defaults;
        this.profiles = profiles;
        this.matching = matching;
        this.now = now;
    }

    /** The job for the scheduling cycle if its environment's packages are installed by nobody. Its spec must be valid. */
    public PendingJob of(BuildJob job, BuildJobStatus status, BuildEnvironmentSpec environment) {
        return of(job, status, environment, InstallerDemand.NOTHING);
    }

    /**
     * The job for the scheduling cycle. Its spec must be valid.
     *
     * @param demand that of the installation of its environment's packages
     */
    public PendingJob of(
            BuildJob job, BuildJobStatus status, BuildEnvironmentSpec environment, InstallerDemand demand) {
        var meta = job.getMetadata();
        var spec = job.getSpec();
        var declared = DeclaredEnvelope.of(spec, defaults);
        var requirements = requirements(spec, environment, demand, declared.disk());
        var past = profiles.of(meta.getNamespace(), spec);
        boolean guessed = !DeclaredEnvelope.saysMemory(spec);
        var sized = SizedEnvelope.of(
                declared,
                guessed,
                learned(declared, guessed, spec, past, requirements),
                status.attempts(),
                () -> matching.apply(requirements));
        var known = LearnedWorkEstimate.of(past);
        var envelope = sized.envelope();
        var key = new JobKey(meta.getNamespace(), meta.getName(), meta.getUid());
        var retry = new RetryPlacement(status.attempts(), now);
        var pending = new PendingJob(
                key,
                new StartHistory(status.attempts()).next(),
                requirements.withInodes(Inodes.needed(envelope.disk())),
                envelope,
                spec.expense() == null ? LearnedWorkEstimate.expense(known) : spec.expense(),
                spec.priorityOrDefault(),
                JobDurations.known(spec),
                Instant.parse(meta.getCreationTimestamp()),
                Set.of(),
                retry.failedOn(),
                sized.guessed(),
                sized.declared(),
                known);
        return retry.failedOn().isEmpty() ? pending : pending.withAvoid(retry.avoided(() -> hosts(pending)));
    }

    /** The workers on which the job could start now if they were empty. */
    private Set<String> hosts(PendingJob job) {
        var admission = new Admission(job, now);
        return matching.apply(job.requirements()).stream()
                .filter(worker -> admission.refusal(worker).isEmpty())
                .map(Worker::name)
                .collect(Collectors.toSet());
    }

    private LearnedEnvelope learned(
            Envelope declared,
            boolean guessed,
            BuildJobSpec spec,
            List<BuildProfileStatus> past,
            Requirements requirements) {
        boolean ownDisk = ScratchVolume.of(spec, defaults).isEmpty();
        return LearnedEnvelope.of(
                declared, guessed, ownDisk, profiles.use(), past, () -> isOfEveryHost(past, requirements));
    }

    private boolean isOfEveryHost(List<BuildProfileStatus> past, Requirements requirements) {
        var hosts = past.stream().map(BuildProfileStatus::hostArch).collect(Collectors.toSet());
        return matching.apply(requirements).stream()
                .allMatch(worker -> hosts.contains(worker.hostArch().name()));
    }

    private static Requirements requirements(
            BuildJobSpec spec, BuildEnvironmentSpec environment, InstallerDemand demand, long disk) {
        var target = Architecture.of(spec.targetArch()).orElseThrow();
        var requires = spec.requiresOrNothing();
        var requirements = new Requirements(
                target,
                requires.hostArch().stream()
                        .map(a -> Architecture.of(a).orElseThrow())
                        .collect(Collectors.toSet()),
                demand.within(Set.copyOf(requires.modes())),
                CrossPairs.of(environment).stream()
                        .filter(pair -> pair.targetArch() == target)
                        .map(CrossPairs.Pair::hostArch)
                        .collect(Collectors.toSet()),
                List.of(),
                List.of(),
                Optional.ofNullable(requires.kernel()),
                Optional.ofNullable(requires.workerSelector()),
                requires.isolationOrDefault(),
                Set.copyOf(requires.notIsolation()),
                demand.userNamespace(),
                demand.namespacedModes(),
                FactDemand.of(requires.facts()),
                requires.minSpeed() == null ? 0 : requires.minSpeed(),
                Inodes.needed(disk),
                Set.copyOf(requires.checks()),
                spec.counted(),
                Optional.empty());
        return requires.cpuFlags() == null ? requirements : requirements.withFlags(requires.cpuFlags());
    }
}
