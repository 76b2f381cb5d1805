package dev.smartdispatcher.operator.reconcile.job;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.operator.reconcile.Caches;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells the controller once more of a job that is created under the name of one that has just been deleted, as by {@code
 * kubectl replace --force}. What the framework is told while it has the deletion looked at, it forgets right after that, and
 * of a job that it does not know it takes no event of pods either (JOSDK 5.2: {@code EventProcessor.eventProcessingFinished}).
 */
final class Namesakes extends AbstractEventSource<Void, BuildJob> {
    /** By then the look at the deletion has ended. */
    private static final long LATER_MILLIS = 1000;

    private final Caches caches;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "namesakes");
        thread.setDaemon(true);
        return thread;
    });

    Namesakes(Caches caches) {
        super(Void.class, "namesakes");
        this.caches = caches;
    }

    /** The deletion of a job of this name is being looked at. */
    void expect(String namespace, String name) {
        timer.schedule(() -> tell(namespace, name), LATER_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tell(String namespace, String name) {
        if (isRunning()) {
            caches.job(namespace, name).ifPresent(job -> getEventHandler()
                    .handleEvent(new ResourceEvent(ResourceAction.ADDED, ResourceID.fromResource(job), job)));
        }
    }

    @Override
    public Set<Void> getSecondaryResources(BuildJob primary) {
        return Set.of();
    }

    @Override
    public void stop() {
        super.stop();
        timer.shutdownNow();
    }
}
