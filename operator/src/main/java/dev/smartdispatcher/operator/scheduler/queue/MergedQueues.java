package dev.smartdispatcher.operator.scheduler.queue;

import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import java.util.Collection;
import java.util.Iterator;
import java.util.PriorityQueue;

/** The jobs of several tenant queues that some worker could host, in order. */
final class MergedQueues implements Iterator<PendingJob> {
    private final PriorityQueue<Place> heads =
            new PriorityQueue<>((one, other) -> QueuedJob.ORDER.compare(one.queued(), other.queued()));

    /** A tenant queue from some job on. */
    private record Place(TenantQueue tenantQueue, int index) {
        private QueuedJob queued() {
            return tenantQueue.ready().get(index);
        }
    }

    MergedQueues(Collection<TenantQueue> tenantQueues) {
        tenantQueues.forEach(tenantQueue -> add(new Place(tenantQueue, 0)));
    }

    private void add(Place place) {
        if (place.index < place.tenantQueue.ready().size()) {
            heads.add(place);
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public PendingJob next() {
        var place = heads.remove();
        add(new Place(place.tenantQueue, place.index + 1));
        return place.queued().job();
    }
}
