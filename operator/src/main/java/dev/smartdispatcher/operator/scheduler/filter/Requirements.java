package dev.smartdispatcher.operator.scheduler.filter;

import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.job.demand.CpuFlags;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.api.job.demand.KernelRange;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a job demands of a worker, whatever the load. Jobs with equal requirements have the same eligible workers.
 *
 * @param hostArch architectures of the worker; empty: any
 * @param modes allowed ways of building the target; empty: any
 * @param notIsolation what a worker that can give it is excluded for
 * @param userNamespace whether the pod needs a user namespace, whatever its isolation is, to install packages in
 * @param namespacedModes modes in which the pod needs one for that purpose
 * @param facts what facts of the worker must be
 * @param minSpeed least measured speed of one thread, 100 is ordinary; 0: any, even one that is not known
 * @param inodes least number of free inodes; 0: any
 * @param checks names of checks that the worker must have passed
 * @param crossHosts host architectures on which the job's environment has cross rules for the target
 * @param counted units that the job holds of what the farm has a number of, by name; positive. No worker decides about them, but
 *     jobs with the same needs wait for the same
 * @param limited the tenant, if it has limits on some of the workers: then these are open for others that are closed for it
 */
@RecordBuilder
public record Requirements(
        Architecture target,
        Set<Architecture> hostArch,
        Set<Mode> modes,
        Set<Architecture> crossHosts,
        List<String> flagsPresent,
        List<String> flagsAbsent,
        Optional<KernelRange> kernel,
        Optional<LabelSelector> selector,
        JobIsolation isolation,
        Set<JobIsolation> notIsolation,
        boolean userNamespace,
        Set<Mode> namespacedModes,
        List<FactDemand> facts,
        int minSpeed,
        long inodes,
        Set<String> checks,
        Map<String, Integer> counted,
        Optional<String> limited)
        implements RequirementsBuilder.With {

    public Requirements {
        hostArch = Set.copyOf(hostArch);
        modes = Set.copyOf(modes);
        crossHosts = Set.copyOf(crossHosts);
        notIsolation = Set.copyOf(notIsolation);
        facts = List.copyOf(facts);
        namespacedModes = Set.copyOf(namespacedModes);
        checks = Set.copyOf(checks);
        counted = Map.copyOf(counted);
    }

    /** Of a target alone. */
    public static Requirements of(Architecture target) {
        return new Requirements(
                target,
                Set.of(),
                Set.of(),
                Set.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                JobIsolation.Container,
                Set.of(),
                false,
                Set.of(),
                List.of(),
                0,
                0,
                Set.of(),
                Map.of(),
                Optional.empty());
    }

    /** With these CPU flags demanded. */
    public Requirements withFlags(CpuFlags flags) {
        return with().flagsPresent(flags.all() == null ? List.of() : List.copyOf(flags.all()))
                .flagsAbsent(flags.none() == null ? List.of() : List.copyOf(flags.none()))
                .build();
    }
}
