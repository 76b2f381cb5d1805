package dev.smartdispatcher.e2e.api.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.farm.Farm;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Others: one who builds on workers of their own, one job after the other, and looks how long each waits for its worker. */
final class Bystanders implements AutoCloseable {
    private static final String ON_THEIRS = "requires: {workerSelector: {matchLabels: {pool: steady}}}";

    private final Farm farm;
    private final List<Duration> waits = new ArrayList<>();
    private final Thread thread = new Thread(this::build, "bystanders");
    private volatile boolean ending;
    private volatile Throwable failure;

    private Bystanders(Farm farm) {
        this.farm = farm;
    }

    /** With a worker that nobody else's jobs ask for. */
    static Bystanders on(Farm farm, String worker) {
        farm.client()
                .resources(BuildWorker.class)
                .withName(worker)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":{\"pool\":\"steady\"}}}");
        return new Bystanders(farm);
    }

    /** The longest wait among so many jobs that are built now. */
    Duration calm(int jobs) {
        var longest = Duration.ZERO;
        for (int i = 0; i < jobs; i++) {
            var wait = one("calm-" + i);
            longest = wait.compareTo(longest) > 0 ? wait : longest;
        }
        return longest;
    }

    Bystanders start() {
        thread.start();
        return this;
    }

    private void build() {
        try {
            for (int i = 0; !ending; i++) {
                waits.add(one("other-" + i));
            }
        } catch (RuntimeException | AssertionError e) {
            failure = e;
        }
    }

    /** One job from its submission to its end; returns how long it waited. */
    private Duration one(String name) {
        long begin = System.nanoTime();
        farm.job(name, ON_THEIRS);
        farm.until(name, status -> !status.attempts().isEmpty());
        var wait = Duration.ofNanos(System.nanoTime() - begin);
        var end = farm.until(name, BuildJobStatus::finished);
        assertThat(end.holds(BuildJobStatus.COMPLETE)).as(name + ": " + end).isTrue();
        assertThat(end.attempts()).as(name).hasSize(1);
        farm.client()
                .resources(BuildJob.class)
                .inNamespace("default")
                .withName(name)
                .delete();
        return wait;
    }

    /** Ends with the job that is under way. How long each waited; none was lost. */
    List<Duration> end() {
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new AssertionError("a job of others was lost", failure);
        }
        return List.copyOf(waits);
    }

    @Override
    public void close() {
        ending = true;
    }
}
