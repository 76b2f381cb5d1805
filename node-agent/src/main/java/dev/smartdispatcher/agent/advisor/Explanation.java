package dev.smartdispatcher.agent.advisor;

import dev.smartdispatcher.agent.advisor.Advice.Cache;
import dev.smartdispatcher.arch.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Each number of an advice in words. */
record Explanation(
        Host host,
        Answers answers,
        Reserve reserve,
        JobSize job,
        Optional<Concurrency> concurrency,
        Optional<Cache> cache) {
    private static final String UNKNOWN = "unknown";

    List<Number> numbers() {
        var numbers = new ArrayList<Number>();
        numbers.add(jobs());
        numbers.add(makeJobs());
        numbers.add(memory());
        numbers.add(disk());
        numbers.add(cacheSize());
        numbers.addAll(reserves());
        return List.copyOf(numbers);
    }

    private Number jobs() {
        var name = "Concurrent jobs";
        if (concurrency.isEmpty()) {
            return new Number(name, UNKNOWN, "the number of threads is not known", "set spec.limits.jobs by hand");
        }
        int jobs = concurrency.get().jobs();
        var half = jobs == 1
                ? "none: a worker with 0 takes no builds"
                : jobs / 2 + " if most jobs are large: each gets twice as much of the host";
        return concurrency.get().byHeads()
                ? new Number(
                        name,
                        "" + jobs,
                        "more that write at the same time slow a spinning disk for all",
                        host.threads().getAsInt() + ", one for each thread, with a solid-state disk")
                : new Number(name, "" + jobs, "one for each thread that builds have", half);
    }

    private Number makeJobs() {
        var name = "Make jobs a job";
        if (concurrency.isEmpty()) {
            return new Number(name, UNKNOWN, "the number of threads is not known", "the dispatcher decides");
        }
        int each = concurrency.get().makeJobs();
        int node = Math.max(1, host.threads().getAsInt() / host.numaNodes());
        return new Number(
                name,
                "" + each,
                "parallelism.max of jobs: with more, those that come later wait longer than one gains",
                node + (host.numaNodes() > 1 ? ", a NUMA node," : ", the whole host,")
                        + " in the few jobs on which others wait");
    }

    private Number memory() {
        var larger = JobSize.of(answers.withJobs(answers.jobs().larger()));
        var smaller = JobSize.of(answers.withJobs(answers.jobs().smaller()));
        var other = answers.jobs() == JobMix.Huge
                ? smaller.memoryText() + " if few of them are huge"
                : larger.memoryText() + " if jobs that state nothing run out of memory";
        boolean cut = job.memory(1) < JobSize.of(answers).memory(1) / (1 << 20) * (1 << 20);
        return new Number(
                "Memory a job",
                job.memoryText(),
                cut
                        ? "a thread's part of what builds have; N is the number of make jobs"
                        : "what " + answers.jobs().word()
                                + " jobs need that state nothing; N is the number of make jobs",
                other);
    }

    private Number disk() {
        long asked = JobSize.of(answers).disk();
        return new Number(
                "Disk a job",
                gib(job.disk()),
                host.disk().isEmpty()
                        ? "what " + answers.jobs().word() + " jobs write that state nothing"
                        : "of jobs that state nothing: a job's part of the disk, at most 64Gi; nothing else uses it",
                job.disk() > asked
                        ? gib(asked) + " if most jobs state what they need"
                        : gib(job.disk() * 2) + " if they run out of disk");
    }

    private Number cacheSize() {
        var name = "Cache";
        if (cache.isPresent()) {
            return new Number(
                    name,
                    gib(cache.get().size()),
                    "for each namespace, of class " + cache.get().storageClassName()
                            + (answers.cacheSize().isPresent()
                                    ? ", as asked for"
                                    : ", a tenth of the disk, at most 50Gi"),
                    "none, if the same packages are seldom built again");
        }
        return new Number(
                name,
                "none",
                answers.cacheClass().isEmpty() ? "no storage class was named" : "a tenth of the disk is less than 1Gi",
                "a storage class with volumes on this host makes repeated builds faster");
    }

    private List<Number> reserves() {
        return List.of(
                reserve(
                        "CPU for the host",
                        reserve.cpuMillis().isEmpty()
                                ? Optional.empty()
                                : Optional.of(Quantities.formatMillis(
                                        reserve.cpuMillis().getAsLong())),
                        "more only if the host does other work: CPU is shared by weight"),
                reserve("Memory for the host", text(reserve.memory()), "less makes the kernel kill builds"),
                new Number(
                        "Disk for the host",
                        text(reserve.disk()).orElse(UNKNOWN),
                        reserve.disk().isEmpty()
                                ? "the size of the disk is not known"
                                : "a tenth, at which the kubelet begins to evict pods",
                        "more, if others write to this file system"));
    }

    private Number reserve(String name, Optional<String> value, String less) {
        if (value.isEmpty()) {
            return new Number(name, UNKNOWN, "the host did not tell how much it has", "set spec.limits by hand");
        }
        if (value.get().equals("0")) {
            return new Number(
                    name, "0", "kubelet and container runtime take theirs by weight", "1 or more for other work");
        }
        return new Number(
                name,
                value.get(),
                "kubelet, container runtime and kernel"
                        + (answers.keepPercent() == 0 ? "" : ", and " + answers.keepPercent() + " % for other work"),
                less);
    }

    private static Optional<String> text(OptionalLong bytes) {
        return bytes.isEmpty() ? Optional.empty() : Optional.of(gib(bytes.getAsLong()));
    }

    private static String gib(long bytes) {
        return Quantities.readBytes(bytes);
    }
}
