package dev.smartdispatcher.operator.client;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Stands in front of every request of the process and lets a write pass only while the process holds its lease for sure: a
 * process that was stopped, starved or cut off for longer than the lease does not know that it has been replaced, and the
 * thread that would find out may be the last to run. Retries of a request pass here too.
 *
 * <p>The lease is held from the time that the newest successful write of it <em>states</em>, for less time than the others wait
 * from then before they take over: the elector takes that time, then reads the lease, and its write may be sent more than
 * once. It is counted by a clock that continues while the process is stopped. What was already past the fence when the process
 * stopped is not held back: the new leader finds it by its effect, see {@code AllocationRecheck} and {@code StrayPods}.
 */
public final class LeaseFence implements Interceptor {
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    /** A review is a POST that changes nothing; the framework asks one before it takes part in the election. */
    private static final String REVIEWS = "/apis/authorization.k8s.io/";

    private final String leases;
    private final Duration validity;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private final Runnable expired;
    /** The newest write of the lease that was sent, answered or not: the elector sends one after the other. */
    private volatile Optional<Renewal> sent = Optional.empty();
    /** The time from the newest write by which the lease is held; empty: it is not held. */
    private volatile OptionalLong held = OptionalLong.empty();

    /**
     * A write of the lease.
     *
     * @param lease as it was sent
     * @param stated the time that it states, by the clock of {@code nanoTime}
     */
    private record Renewal(String lease, long stated) {}

    /**
     * @param namespace of the lease
     * @param validity how long a successful write of the lease is good for
     * @param nanoTime a clock as {@link System#nanoTime}, which counts while the process is stopped
     * @param clock the elector's
     * @param expired what happens when the lease is found to have run out
     */
    public LeaseFence(String namespace, Duration validity, LongSupplier nanoTime, Clock clock, Runnable expired) {
        this.leases = "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
        this.validity = validity;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.expired = expired;
    }

    /**
     * The elector has got the lease: writes pass from now on.
     *
     * @throws IllegalStateException if it was not got through this fence, which then would hold nothing back
     */
    public void open() {
        var renewal = sent.orElseThrow(() -> new IllegalStateException("the client's requests do not pass the fence"));
        held = OptionalLong.of(renewal.stated);
    }

    /** No write passes any more, but of the lease. */
    public void close() {
        held = OptionalLong.empty();
    }

    /** Finds out whether the lease has run out, without a write. */
    public void check() {
        if (ranOut(held)) {
            expired.run();
        }
    }

    /** @throws KubernetesClientException if this is a write and the lease is not held */
    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (READS.contains(request.method()) || request.uri().getPath().startsWith(REVIEWS)) {
            return;
        }
        if (isLease(request.uri())) {
            var lease = request.bodyString();
            sent = Optional.of(new Renewal(lease, nanoTime.getAsLong() - age(lease)));
            return;
        }
        var since = held;
        if (since.isEmpty()) {
            throw new KubernetesClientException("not written, this process does not lead: " + request.uri());
        }
        if (ranOut(since)) {
            expired.run();
            throw new KubernetesClientException("not written, the lease has run out: " + request.uri());
        }
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        var renewed = !READS.contains(request.method()) && isLease(request.uri()) && response.isSuccessful();
        if (renewed && held.isPresent()) {
            // The client may report an answer only when the next write is on its way, of which nothing is known yet.
            sent.filter(renewal -> Objects.equals(renewal.lease, request.bodyString()))
                    .ifPresent(renewal -> held = OptionalLong.of(renewal.stated));
        }
    }

    private boolean ranOut(OptionalLong since) {
        return since.isPresent() && nanoTime.getAsLong() - since.getAsLong() > validity.toNanos();
    }

    /** For how long a lease has told the time that it tells, in nanoseconds; 0 if it tells none. */
    private long age(String lease) {
        return Optional.ofNullable(lease)
                .map(text -> Serialization.unmarshal(text, Lease.class).getSpec())
                .map(LeaseSpec::getRenewTime)
                .map(renewed -> Duration.between(renewed, clock.instant().atZone(renewed.getZone())))
                .filter(age -> !age.isNegative())
                .map(Duration::toNanos)
                .orElse(0L);
    }

    private boolean isLease(URI uri) {
        return uri.getPath().startsWith(leases);
    }
}
