package dev.smartdispatcher.e2e.api.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.farm.Farm;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A user who submits a job again and again, some of one core and some of two, until told to stop. */
public final class JobStream implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Farm farm;
    private final String prefix;
    private final AtomicInteger number = new AtomicInteger();
    private final List<String> submitted = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private boolean paused;

    /** Begins at once: jobs named after {@code prefix}, one each interval. */
    public JobStream(Farm farm, String prefix, Duration interval) {
        this.farm = farm;
        this.prefix = prefix;
        timer.scheduleAtFixedRate(this::tick, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void tick() {
        if (!paused) {
            submit();
        }
    }

    /** Submits one more job now. Its name; the API server may be away: then the next has the same. */
    private synchronized void submit() {
        var i = number.get();
        var name = prefix + "-" + i;
        try {
            farm.job(name, i % 3 == 0 ? "resources: {cpuPerProcess: 2}" : "");
        } catch (KubernetesClientException e) {
            // It may have been created all the same, and the answer lost.
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                return;
            }
        }
        number.incrementAndGet();
        submitted.add(name);
    }

    /** Submits several at once. */
    public synchronized void burst(int jobs) {
        for (int i = 0; i < jobs; i++) {
            submit();
        }
    }

    /** Submits no more until {@link #resume}, and returns when every job so far has ended. */
    public void pause() {
        setPaused(true);
        awaitEnd();
    }

    /** Submits again, one job each interval. */
    public void resume() {
        setPaused(false);
    }

    private synchronized void setPaused(boolean paused) {
        this.paused = paused;
    }

    private void awaitEnd() {
        await("every job ends")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .untilAsserted(() -> assertThat(unfinished()).isEmpty());
    }

    /** The jobs so far, oldest first. */
    public List<String> submitted() {
        return List.copyOf(submitted);
    }

    private Map<String, BuildJobStatus> unfinished() {
        return submitted.stream()
                .map(job -> Map.entry(job, farm.status(job)))
                .filter(job -> !job.getValue().finished())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Waits until a job is dispatched that is not now. */
    public void awaitDispatch() {
        var before = dispatched();
        await("a job is dispatched")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(() -> !before.containsAll(dispatched()));
    }

    private Set<String> dispatched() {
        return farm.client().resources(BuildJob.class).inNamespace("default").list().getItems().stream()
                .filter(job ->
                        job.getStatus() != null && !job.getStatus().attempts().isEmpty())
                .map(job -> job.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    /** Submits no more, and waits for the end of all: each is Complete by its first attempt. */
    public void awaitAllCompleteAtFirstAttempt() {
        close();
        awaitEnd();
        for (var job : submitted) {
            var status = farm.status(job);
            assertThat(status.holds(BuildJobStatus.COMPLETE))
                    .as(job + ": " + status)
                    .isTrue();
            assertThat(status.attempts()).as(job).hasSize(1);
        }
    }

    /** Submits no more, when what is on its way has been answered. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("a job is still being submitted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
