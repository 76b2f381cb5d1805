package dev.smartdispatcher.operator;

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

/**
 * Which kinds' changes are not seen. A watch by plain HTTP counts as begun with its first event or bookmark only, of which
 * the API server sends one each minute: so one that has not begun is borne for longer than that. Safe for use by several
 * threads, and to be asked at least each half minute.
 */
final class WatchHealth {
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Clock clock;
    private final Map<String, Instant> silentSince = new ConcurrentHashMap<>();

    WatchHealth(Clock clock) {
        this.clock = clock;
    }

    /** One line for each kind whose cache is not whole or whose watch is broken. */
    List<String> problems(RuntimeInfo info) {
        return info.getRegisteredControllers().stream()
                .flatMap(controller ->
                        controller.getControllerHealthInfo().eventSourceHealthIndicators().values().stream())
                .filter(this::broken)
                .map(WatchHealth::kind)
                .distinct()
                .sorted()
                .map(kind -> "changes of " + kind + " objects are not seen: their watch is broken, it is tried again")
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
