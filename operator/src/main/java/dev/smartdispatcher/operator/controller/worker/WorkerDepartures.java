package dev.smartdispatcher.operator.controller.worker;

import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.controller.Wake;
import dev.smartdispatcher.operator.controller.cache.Changes;
import dev.smartdispatcher.operator.controller.informer.Subscriber;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/**
 * Has the scheduling cycle look at a worker that is gone or being deleted: the framework runs no reconciliation for a deletion, nor while
 * a finalizer delays it.
 */
public final class WorkerDepartures implements Subscriber<BuildWorker> {
    private final Changes changes;
    private final Wake<DispatchPolicy> dispatch;

    public WorkerDepartures(Changes changes, Wake<DispatchPolicy> dispatch) {
        this.changes = changes;
        this.dispatch = dispatch;
    }

    @Override
    public void shown(BuildWorker worker) {
        if (worker.getMetadata().getDeletionTimestamp() != null) {
            gone(worker);
        }
    }

    @Override
    public void gone(BuildWorker worker) {
        changes.worker(worker.getMetadata().getName());
        dispatch.up(new ResourceID(DispatchPolicy.NAME));
    }
}
