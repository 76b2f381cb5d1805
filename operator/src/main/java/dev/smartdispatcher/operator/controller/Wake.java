package dev.smartdispatcher.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks a controller to look at one of its resources again. Calls within the linger time become one: events come in
 * bursts, and one cycle over ten new jobs shares a worker among them where ten cycles would give it to the first.
 */
public final class Wake<P extends HasMetadata> implements AutoCloseable {
    private final SimpleInboundEventSource<P> source;
    private final Duration linger;
    private final Set<ResourceID> due = ConcurrentHashMap.newKeySet();
    private final DaemonTimer timer;

    public Wake(String name, Duration linger) {
        source = new SimpleInboundEventSource<>(name);
        this.linger = linger;
        timer = new DaemonTimer(name);
    }

    /** The event source to register with the controller. */
    public SimpleInboundEventSource<P> source() {
        return source;
    }

    /** Asks for a look at the resource, after the linger time. */
    public void up(ResourceID resource) {
        if (due.add(resource)) {
            timer.after(linger, () -> fire(resource));
        }
    }

    private void fire(ResourceID resource) {
        due.remove(resource);
        if (source.isRunning()) {
            source.propagateEvent(resource);
        }
    }

    @Override
    public void close() {
        timer.close();
    }
}
