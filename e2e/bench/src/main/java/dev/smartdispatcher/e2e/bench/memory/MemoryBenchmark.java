package dev.smartdispatcher.e2e.bench.memory;

import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.e2e.bench.stand.BenchFailure;
import dev.smartdispatcher.e2e.bench.stand.Farm;
import dev.smartdispatcher.e2e.bench.stand.MeasuredOperator;
import dev.smartdispatcher.e2e.bench.stand.Parallel;
import dev.smartdispatcher.e2e.bench.stand.Stand;
import dev.smartdispatcher.e2e.hollow.PodListener;
import dev.smartdispatcher.e2e.report.JsonReport;
import dev.smartdispatcher.e2e.report.Machine;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** An operator that begins with a long queue, as after a restart: the heap that it needs with all jobs known. */
@Command(
        name = "memory",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false,
        description = "Heap of the operator with a long queue.")
public final class MemoryBenchmark implements Callable<Integer> {
    /** Etcd, the API server and the benchmark have the operator's processors: no lease is to be lost to them. */
    private static final List<String> LEASE = List.of("--lease-seconds=120");

    private static final Duration LOOK = Duration.ofSeconds(1);

    @Option(names = "--jobs", defaultValue = "50000", description = "Jobs, of one core each.")
    private int jobs;

    @Option(names = "--text", defaultValue = "0", description = "Bytes of further variables of each job.")
    private int text;

    @Option(names = "--distinct", description = "Each job asks for another speed.")
    private boolean distinct;

    @Option(
            names = "--workers",
            defaultValue = "450",
            description = "Hollow nodes, which are soon full: pods run for a day.")
    private int workers;

    @Option(names = "--cores", defaultValue = "4", description = "Cores of each, one a job.")
    private int cores;

    @Option(names = "--creators", defaultValue = "8", description = "Threads that create jobs.")
    private int creators;

    @Option(names = "--limit", defaultValue = "1800", description = "Seconds after which the operator has failed.")
    private int limit;

    @Option(
            names = "--operator-jvm",
            split = " ",
            defaultValue = "-Xmx537m -XX:+UseSerialGC",
            description = "Options of the operator's JVM; the chart's limit gives it 537 MiB.")
    private List<String> jvm;

    @Option(names = "--project", defaultValue = ".", description = "The checkout.")
    private Path project;

    @Option(names = "--work", defaultValue = "e2e/target/bench/memory", description = "For data and logs.")
    private Path work;

    @Option(names = "--report", defaultValue = "e2e/target/reports/memory.json", description = "The report, as JSON.")
    private Path report;

    /**
     * What was measured.
     *
     * @param readySeconds until the caches were whole
     * @param knownSeconds until all jobs were in the queue or on workers, from the start
     * @param heapMiB after a full collection then
     * @param peakMiB the largest heap in use until then, garbage included
     */
    record Report(
            Machine machine,
            int jobs,
            int text,
            boolean distinct,
            int workers,
            int running,
            double readySeconds,
            double knownSeconds,
            long heapMiB,
            long peakMiB) {}

    @Override
    public Integer call() throws IOException {
        var farm = new Farm(workers, cores, Duration.ofDays(1));
        try (var stand = Stand.start(project, work, farm, PodListener.NONE)) {
            var client = stand.client();
            client.resource(environment()).create();
            System.out.println("creating " + jobs + " jobs");
            Parallel.run(creators, IntStream.range(0, jobs).boxed().toList(), number -> client.resource(job(number))
                    .create());
            System.out.println("starting the operator");
            long begin = System.nanoTime();
            try (var operator = MeasuredOperator.start(stand, jvm, LEASE)) {
                double ready = seconds(begin);
                int running = awaitKnown(client, operator);
                double known = seconds(begin);
                var result = new Report(
                        Machine.here(),
                        jobs,
                        text,
                        distinct,
                        workers,
                        running,
                        ready,
                        known,
                        operator.liveHeapMiB(),
                        operator.peakHeapMiB());
                JsonReport.write(report, result);
                System.out.printf(
                        "%d jobs, %d of them on workers: heap %d MiB after a full collection, %d MiB at most;"
                                + " caches whole after %.0f s, all known after %.0f s%n",
                        jobs, running, result.heapMiB(), result.peakMiB(), ready, known);
            }
        }
        System.out.println("Report: " + report);
        return 0;
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Returns how many run, when as many as can do and the operator counts the others among those that wait. */
    private int awaitKnown(KubernetesClient client, MeasuredOperator operator) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(limit);
        int expected = Math.min(jobs, workers * cores);
        while (System.nanoTime() < end) {
            if (!operator.server().isAlive()) {
                throw new BenchFailure("the operator has ended; its log is in " + work);
            }
            var policy = client.resources(DispatchPolicy.class)
                    .withName(DispatchPolicy.NAME)
                    .get();
            var queue = policy == null || policy.getStatus() == null
                    ? null
                    : policy.getStatus().queue();
            if (queue != null && queue.running() >= expected && queue.running() + queue.pending() == jobs) {
                return queue.running();
            }
            pause();
        }
        throw new BenchFailure("not all jobs are known after " + limit + " s");
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }

    private static BuildEnvironment environment() {
        return Serialization.unmarshal("""
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildEnvironment
            metadata: {name: bench}
            spec: {image: "local.test/debian:12"}
            """, BuildEnvironment.class);
    }

    private BuildJob job(int number) {
        return Serialization.unmarshal(
                """
                apiVersion: smartdispatcher.dev/v1alpha1
                kind: BuildJob
                metadata:
                  name: job-%05d
                  namespace: default
                  labels: {project: zlib, release: "12"}
                  annotations: {example.org/source: "https://example.org/zlib/zlib-1.3.1.tar.gz"}
                spec:
                  package: zlib-%d
                  targetArch: x86_64
                  environment: bench
                  args: ["cd /build && tar xf sources.tar && ./configure && make -j$BUILD_JOBS && make check && make install"]
                  env: [{name: CFLAGS, value: "-O2 -g"}%s]
                  parallelism: {min: 1, max: 1}
                  resources:
                    memory: {base: %dMi, perProcess: 128Mi}
                    disk: {size: 1Gi}
                  %s
                """.formatted(
                                number,
                                number,
                                variables(),
                                100 + number % 400,
                                distinct ? "requires: {minSpeed: " + (1 + number) + "}" : ""),
                BuildJob.class);
    }

    private String variables() {
        var more = new StringBuilder();
        for (int left = text, i = 0; left > 0; left -= 32_000, i++) {
            more.append(", {name: TEXT_")
                    .append(i)
                    .append(", value: ")
                    .append("x".repeat(Math.min(left, 32_000)))
                    .append('}');
        }
        return more.toString();
    }
}
