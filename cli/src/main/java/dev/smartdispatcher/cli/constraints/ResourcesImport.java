package dev.smartdispatcher.cli.constraints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.cli.input.XmlElement;
import dev.smartdispatcher.cli.manifest.Remarks;
import java.util.OptionalLong;

/**
 * Processors, jobs, memory and disk as {@code spec.parallelism} and {@code spec.resources}. OBS asks whether a worker, which
 * builds one package at a time, has that much; here the build gets it.
 */
final class ResourcesImport {
    /** The least base of a job's memory that can be written beside memory for each process, in bytes. */
    private static final long LEAST_BASE = 1 << 20;

    private final String file;
    private final XmlElement hardware;
    private final ConstraintAmounts amounts;
    private final Remarks remarks;

    private ResourcesImport(String file, XmlElement hardware, Remarks remarks) {
        this.file = file;
        this.hardware = hardware;
        this.amounts = new ConstraintAmounts(file);
        this.remarks = remarks;
    }

    /** Adds to {@code spec} what the constraints demand of resources. */
    static void add(String file, XmlElement constraints, ObjectNode spec, Remarks remarks) {
        constraints.child("hardware").ifPresent(hardware -> {
            var demands = new ResourcesImport(file, hardware, remarks);
            long least = demands.parallelism(spec);
            demands.memory(spec, least);
            demands.amounts.bytes(hardware, "disk").ifPresent(bytes -> spec.withObject("/resources/disk")
                    .put("size", Quantities.formatBytes(bytes)));
        });
    }

    private long parallelism(ObjectNode spec) {
        var processors = amounts.count(hardware, "processors");
        var jobs = amounts.count(hardware, "jobs");
        processors.ifPresent(count -> remarks.note(
                file,
                hardware.child("processors").orElseThrow().line(),
                "processors " + count + ": parallelism.min; OBS counts the processors of the host, here the build gets"
                        + " that many"));
        long least = Math.max(processors.orElse(0), jobs.orElse(0));
        if (least > 0) {
            spec.putObject("parallelism").put("min", least);
        }
        return Math.max(1, least);
    }

    /**
     * The least memory with which the build has what is demanded at every N from {@code least}: base + N x perProcess is at least
     * the largest of memory, physicalmemory and N x memoryperjob.
     */
    private void memory(ObjectNode spec, long least) {
        var whole = amounts.bytes(hardware, "memory");
        var physical = amounts.bytes(hardware, "physicalmemory");
        var perJob = amounts.bytes(hardware, "memoryperjob");
        whole.ifPresent(bytes -> noteSwap("memory", bytes));
        perJob.ifPresent(bytes -> noteSwap("memoryperjob", bytes));
        if (whole.isEmpty() && physical.isEmpty() && perJob.isEmpty()) {
            return;
        }
        long fixed = Math.max(whole.orElse(0), physical.orElse(0));
        long base = Math.max(LEAST_BASE, fixed - least * orNone(perJob));
        var memory = spec.withObject("/resources/memory");
        memory.put("base", Quantities.formatBytes(base));
        memory.put("perProcess", Quantities.formatBytes(orNone(perJob)));
    }

    private void noteSwap(String name, long bytes) {
        remarks.note(
                file,
                hardware.child(name).orElseThrow().line(),
                name + " " + Quantities.formatBytes(bytes) + ": OBS counts swap too, here it is memory alone");
    }

    private static long orNone(OptionalLong bytes) {
        return bytes.orElse(0);
    }
}
