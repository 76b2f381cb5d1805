package dev.smartdispatcher.operator.client;

import io.javaoperatorsdk.operator.RuntimeInfo;
import io.javaoperatorsdk.operator.health.EventSourceHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Which kinds' changes are not seen. A watch by plain HTTP counts as begun with its first event or bookmark only, of which
 * the API server sends one each minute: so one that has not begun is borne for longer than that. Safe for use by several
 * threads, and to be asked at least each half minute.
 */
public final class WatchHealth {
    static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Clock clock;
    private final Map<String, Instant> silentSince = new ConcurrentHashMap<>();

    public WatchHealth(Clock clock) {
        this.clock = clock;
    }

    /** One line for each kind whose cache is not whole or whose watch is broken. */
    public List<String> problems(RuntimeInfo info) {
        return sources(info).stream()
                .filter(this::broken)
                .map(WatchHealth::kind)
                .distinct()
                .sorted()
                .map(kind -> "the watch of " + kind
                        + " objects is broken and being retried: the operator misses their changes")
                .toList();
    }

    /**
     * Returns when all caches are whole. The framework continues without one whose informer has failed at its start.
     *
     * @throws IllegalStateException if one never will be, since its informer has ended
     */
    public void awaitWhole(RuntimeInfo info) {
        for (var source : sources(info)) {
            if (source instanceof InformerWrappingEventSourceHealthIndicator<?> informers) {
                informers.informerHealthIndicators().values().forEach(informer -> awaitWhole(kind(source), informer));
            }
        }
    }

    private static void awaitWhole(String kind, InformerHealthIndicator informer) {
        while (!informer.hasSynced()) {
            if (!informer.isRunning()) {
                throw new IllegalStateException(
                        "the cache of " + kind + " objects is not complete: its informer has ended");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("ended before the cache of " + kind + " objects was complete");
            }
        }
    }

    private static List<EventSourceHealthIndicator> sources(RuntimeInfo info) {
        return info.getRegisteredControllers().stream()
                .flatMap(controller ->
                        controller.getControllerHealthInfo().eventSourceHealthIndicators().values().stream())
                .toList();
    }

    private boolean broken(EventSourceHealthIndicator source) {
        if (!(source instanceof InformerWrappingEventSourceHealthIndicator<?> informers)) {
            return false;
        }
        var indicators = informers.informerHealthIndicators().values();
        return !indicators.stream().allMatch(i -> i.hasSynced() && i.isRunning())
                || silentForLong(kind(source), indicators.stream().allMatch(InformerHealthIndicator::isWatching));
    }

    /** Whether a kind has not been watched for longer than is borne; {@code watching}: whether it is now. */
    boolean silentForLong(String kind, boolean watching) {
        if (watching) {
            silentSince.remove(kind);
            return false;
        }
        var since = silentSince.computeIfAbsent(kind, k -> clock.instant());
        return since.plus(PATIENCE).isBefore(clock.instant());
    }

    private static String kind(EventSourceHealthIndicator source) {
        return source instanceof EventSource<?, ?> watch ? watch.resourceType().getSimpleName() : source.toString();
    }
}
