package dev.smartdispatcher.e2e.bench.api;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.bench.stand.Arrivals;
import dev.smartdispatcher.e2e.bench.stand.Stand;
import dev.smartdispatcher.e2e.hollow.PodListener;
import dev.smartdispatcher.operator.app.OperatorOptions;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.JobStatusWriter;
import dev.smartdispatcher.operator.packages.PackagePlan;
import dev.smartdispatcher.threads.DaemonThreads;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's writes without the operator: as many threads as it has write for each job what it would, one after the
 * other without waiting for anything that happens. Scheduler and nodes bind and end the pods as ever. This is the most that
 * an operator with these writes could reach here.
 */
final class RawPart {
    /** Those of the reconcilers and those of the allocations; Events have one of their own here too. */
    private static final int WRITERS = OperatorOptions.STANDARD.threads() + OperatorOptions.STANDARD.writers();

    private static final Logger LOG = LoggerFactory.getLogger(RawPart.class);

    private final Sizes sizes;
    private final Load load;
    private final PackagePlan plan;
    private final Arrivals ended = new Arrivals();
    private final Arrivals written = new Arrivals();
    /** Whose pods have ended and whose writes are done. */
    private final Arrivals complete = new Arrivals();

    RawPart(Sizes sizes) {
        this.sizes = sizes;
        this.load = new Load(sizes.seed());
        this.plan = load.plan();
    }

    Measured run(Path project, Path directory) {
        var writers = Executors.newFixedThreadPool(WRITERS, new DaemonThreads("raw-writer"));
        try (var stand = Stand.start(project, directory, sizes.farm(), listener());
                // Its queue drops what is too much, as the operator's does.
                var events = new EventRecorder(stand.client(), Clock.systemUTC())) {
            var client = stand.client();
            var account = stand.plane().client(stand.accountToken());
            return new Drive("raw", sizes, stand, Map.of())
                    .run(
                            number -> {
                                var job = client.resource(load.buildJob(number)).create();
                                writers.execute(() -> write(account, events, number, job));
                            },
                            complete);
        } finally {
            writers.shutdownNow();
        }
    }

    private void write(KubernetesClient client, EventRecorder events, int number, BuildJob job) {
        var worker = Stand.worker(number % sizes.workers());
        var replica = new Replica(job, worker, new Quantity(load.memoryMiB(number) + "Mi"), plan);
        try {
            var allocated = put(client, job, replica.allocated());
            client.resource(replica.pod()).create();
            events.normal(
                    job,
                    Reason.Dispatched,
                    "attempt 1 on %s (x86_64, Native) with parallelism 1, memory %dMi"
                            .formatted(worker, load.memoryMiB(number)));
            var started = put(client, allocated, replica.started(allocated.getStatus()));
            put(client, started, replica.complete(started.getStatus()));
            events.normal(job, Reason.Succeeded, "attempt 1 succeeded");
            count(load.name(number), written, ended);
        } catch (KubernetesClientException | NoSuchElementException e) {
            LOG.atWarn().addKeyValue("job", load.name(number)).setCause(e).log("not written");
        }
    }

    private static BuildJob put(KubernetesClient client, BuildJob job, BuildJobStatus status) {
        return new JobStatusWriter(client).write(job, status).orElseThrow();
    }

    private PodListener listener() {
        return new PodListener() {
            @Override
            public void created(Pod pod) {
                // Its end is what counts.
            }

            @Override
            public void finished(Pod pod) {
                count(pod.getMetadata().getLabels().get(Labels.JOB), ended, written);
            }
        };
    }

    private void count(String job, Arrivals now, Arrivals other) {
        now.arrived(job);
        if (other.of(job).isPresent()) {
            complete.arrived(job);
        }
    }
}
