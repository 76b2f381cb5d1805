package dev.smartdispatcher.operator.client;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * The API server's clock, by the {@code Date} of its answers. What it says is never later than the API server's own time, and earlier by
 * at most a second and the time that the answer took. Safe for use by several threads.
 */
public final class ServerClock {
    /** For so long this machine counts on by itself. */
    private static final Duration COUNTS_ON = Duration.ofSeconds(10);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final LongSupplier nanoTime;
    private volatile Optional<Reading> last = Optional.empty();

    /** @param taken when the answer was there, by the clock of {@code nanoTime} */
    private record Reading(Instant time, long taken) {}

    public ServerClock(KubernetesClient client) {
        this(client, System::nanoTime);
    }

    ServerClock(KubernetesClient client, LongSupplier nanoTime) {
        this.client = client;
        this.nanoTime = nanoTime;
    }

    /**
     * The time, by an answer that is at most ten seconds old.
     *
     * @throws KubernetesClientException if the API server does not answer
     */
    public Instant now() {
        return last.filter(reading -> age(reading).compareTo(COUNTS_ON) < 0)
                .map(reading -> reading.time().plus(age(reading)))
                .orElseGet(this::ask);
    }

    /**
     * The time, by an answer to a question that is asked now.
     *
     * @throws KubernetesClientException if the API server does not answer
     */
    public Instant ask() {
        // What everybody may ask, and costs nothing. A refusal tells the time as well.
        var request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(client.getMasterUrl() + "version"))
                .build();
        try {
            var answer = client.getHttpClient()
                    .sendAsync(request, String.class)
                    .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.code() >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
                throw new KubernetesClientException("the API server does not tell its time: HTTP " + answer.code());
            }
            var reading = new Reading(time(answer.header("Date")), nanoTime.getAsLong());
            last = Optional.of(reading);
            return reading.time();
        } catch (ExecutionException | TimeoutException e) {
            throw new KubernetesClientException("the API server does not tell its time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubernetesClientException("interrupted", e);
        }
    }

    /** The next time is asked for: another API server may answer now, or its clock has been set. */
    public void forget() {
        last = Optional.empty();
    }

    private static Instant time(String date) {
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(String.valueOf(date)));
        } catch (DateTimeException e) {
            throw new KubernetesClientException("the API server's answer has no Date but '" + date + "'", e);
        }
    }

    private Duration age(Reading reading) {
        return Duration.ofNanos(nanoTime.getAsLong() - reading.taken());
    }
}
