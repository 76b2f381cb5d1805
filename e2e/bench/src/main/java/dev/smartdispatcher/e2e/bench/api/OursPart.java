package dev.smartdispatcher.e2e.bench.api;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.e2e.bench.stand.Arrivals;
import dev.smartdispatcher.e2e.bench.stand.Figures;
import dev.smartdispatcher.e2e.bench.stand.MeasuredOperator;
import dev.smartdispatcher.e2e.bench.stand.Stand;
import dev.smartdispatcher.e2e.hollow.PodListener;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** BuildJobs through the operator. */
final class OursPart {
    private final Sizes sizes;
    private final Load load;
    private final boolean profiled;
    private final Arrivals asked = new Arrivals();
    private final Arrivals pods = new Arrivals();

    OursPart(Sizes sizes, boolean profiled) {
        this.sizes = sizes;
        this.load = new Load(sizes.seed());
        this.profiled = profiled;
    }

    /**
     * What the part came to.
     *
     * @param p50Millis from a job's creation to that of its pod, half of the jobs
     * @param heapMiB of the operator after a full collection, all jobs and pods in its caches
     * @param heapPeakMiB of the operator, garbage included
     */
    record Result(Measured measured, double p50Millis, double p99Millis, long heapMiB, long heapPeakMiB) {}

    Result run(Path project, Path directory) {
        try (var stand = Stand.start(project, directory, sizes.farm(), listener());
                var operator = MeasuredOperator.start(stand, jvm(directory))) {
            var client = stand.client();
            client.resource(load.environment()).create();
            var complete = new Arrivals();
            try (var watch = complete.watch(client.resources(BuildJob.class)
                    .inNamespace(Load.NAMESPACE)
                    .withField("status.phase", "Complete"))) {
                var measured = new Drive("ours", sizes, stand, Map.of("operator", operator.server()))
                        .run(
                                number -> {
                                    asked.arrived(load.name(number));
                                    client.resource(load.buildJob(number)).create();
                                },
                                complete);
                if (profiled) {
                    operator.jcmd("JFR.dump", "filename=" + recording(directory));
                }
                var delays = delays();
                return new Result(
                        measured,
                        Figures.rounded(Figures.percentile(delays, 0.50), 1),
                        Figures.rounded(Figures.percentile(delays, 0.99), 1),
                        operator.liveHeapMiB(),
                        operator.peakHeapMiB());
            }
        }
    }

    private List<String> jvm(Path directory) {
        var options = new ArrayList<>(sizes.operatorJvm());
        if (profiled) {
            options.add("-XX:StartFlightRecording=settings=profile,maxsize=250m,filename=" + recording(directory));
        }
        return options;
    }

    private static Path recording(Path directory) {
        return directory.resolveSibling("operator.jfr").toAbsolutePath();
    }

    /** Milliseconds from a job's creation to that of its pod, as this process sees both, sorted. */
    private double[] delays() {
        return IntStream.range(sizes.warmUp(), sizes.warmUp() + sizes.jobs())
                .mapToObj(load::name)
                .mapToDouble(
                        name -> (pods.of(name).orElseThrow() - asked.of(name).orElseThrow())
                                / (double) TimeUnit.MILLISECONDS.toNanos(1))
                .sorted()
                .toArray();
    }

    private PodListener listener() {
        return new PodListener() {
            @Override
            public void created(Pod pod) {
                pods.arrived(pod.getMetadata().getLabels().get(Labels.JOB));
            }

            @Override
            public void finished(Pod pod) {
                // The job's completion is what counts.
            }
        };
    }
}
