package dev.smartdispatcher.cli.constraints;

import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.demand.CpuFlags;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.api.job.demand.KernelRange;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.scheduler.filter.RpmVersion;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A worker as OBS describes it, without swap, which builds have nothing of here.
 *
 * @param sandbox kvm or chroot
 * @param jobs make jobs of its build, and processors
 * @param memory in MiB
 * @param disk in MiB
 */
record ObsWorker(
        String sandbox,
        String kernel,
        String flavor,
        String flag,
        int jobs,
        long memory,
        long disk,
        List<String> labels) {
    /** The worker's document. */
    String xml() {
        return "<worker hostarch='x86_64' workerid='w:1'>"
                + labels.stream().map(l -> "<hostlabel>" + l + "</hostlabel>").collect(Collectors.joining())
                + "<sandbox>" + sandbox + "</sandbox><linux><version>" + kernel + "</version><flavor>" + flavor
                + "</flavor></linux><hardware><cpu><flag>" + flag + "</flag></cpu><processors>" + jobs
                + "</processors><jobs>" + jobs + "</jobs><memory>" + memory + "</memory><disk>" + disk
                + "</disk></hardware></worker>";
    }

    /** Whether the job can run where this worker is a BuildWorker with a label for each host label. */
    boolean fits(BuildJobSpec job) {
        var requires = job.requiresOrNothing();
        int least = job.parallelismOrDefault().least();
        return isolates(requires.isolation())
                && (requires.cpuFlags() == null || has(requires.cpuFlags()))
                && (requires.kernel() == null || runs(requires.kernel()))
                && (requires.workerSelector() == null
                        || requires.workerSelector().matches(labelsHere()))
                && least <= jobs
                && memoryOf(job, least) <= memory << 20
                && diskOf(job) <= disk << 20;
    }

    private boolean isolates(JobIsolation isolation) {
        return isolation == null || isolation.name().equalsIgnoreCase(sandbox);
    }

    private boolean has(CpuFlags flags) {
        return (flags.all() == null || List.of(flag).containsAll(flags.all()))
                && (flags.none() == null || !flags.none().contains(flag));
    }

    private boolean runs(KernelRange range) {
        return (range.minVersion() == null || RpmVersion.compare(range.minVersion(), kernel) <= 0)
                && (range.maxVersion() == null || RpmVersion.compare(kernel, range.maxVersion()) <= 0)
                && (range.flavor() == null || range.flavor().equals(flavor));
    }

    private Map<String, String> labelsHere() {
        return labels.stream().collect(Collectors.toMap(l -> RequiresImport.LABEL_PREFIX + l, l -> ""));
    }

    private static long memoryOf(BuildJobSpec job, int n) {
        return job.resources() == null || job.resources().memory() == null
                ? 0
                : Quantities.bytes(job.resources().memory().base())
                        + n * Quantities.bytes(job.resources().memory().perProcess());
    }

    private static long diskOf(BuildJobSpec job) {
        return job.resources() == null || job.resources().disk() == null
                ? 0
                : Quantities.bytes(job.resources().disk().size());
    }
}
