package dev.smartdispatcher.e2e.bench.stand;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** When things were first seen, by name, in nanoseconds of {@link System#nanoTime()}. Safe for use by several threads. */
public final class Arrivals {
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Map<String, Long> nanos = new ConcurrentHashMap<>();

    /** The thing of this name is there now, if it was not before. */
    public void arrived(String name) {
        nanos.putIfAbsent(name, System.nanoTime());
    }

    /** Sees all objects of a query from now on, until the informer is stopped. */
    public <T extends HasMetadata> SharedIndexInformer<T> watch(Informable<T> query) {
        return query.inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                arrived(object.getMetadata().getName());
            }

            @Override
            public void onUpdate(T before, T object) {
                // Seen when it came.
            }

            @Override
            public void onDelete(T object, boolean unknown) {
                // It was there.
            }
        });
    }

    public OptionalLong of(String name) {
        var at = nanos.get(name);
        return at == null ? OptionalLong.empty() : OptionalLong.of(at);
    }

    /** The latest arrival; there must be one. */
    public long last() {
        return nanos.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    /**
     * Returns when there are {@code count}.
     *
     * @param what is waited for, to tell how far it came
     * @throws BenchFailure after {@code limit}
     */
    public void await(int count, String what, Duration limit, Runnable health) {
        var end = System.nanoTime() + limit.toNanos();
        while (nanos.size() < count) {
            health.run();
            if (System.nanoTime() > end) {
                throw new BenchFailure(
                        "%s: %d of %d after %d s".formatted(what, nanos.size(), count, limit.toSeconds()));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }
}
