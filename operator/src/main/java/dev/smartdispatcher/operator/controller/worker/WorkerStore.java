package dev.smartdispatcher.operator.controller.worker;

import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.controller.Wake;
import dev.smartdispatcher.operator.controller.cache.Changes;
import dev.smartdispatcher.operator.controller.cache.LeanStore;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/**
 * The workers' cache, which notes signs of life and tells of a worker that is gone as soon as it no longer shows it, whether a watch or a list said
 * so. The framework runs no reconciliation for a deletion; where it can be told to, it forgets what it hears meanwhile of
 * another worker of the same name.
 */
public final class WorkerStore extends LeanStore<BuildWorker> {
    private final Changes changes;
    private final WorkerAssessments assessments;
    private final Wake<DispatchPolicy> dispatch;

    public WorkerStore(Changes changes, WorkerAssessments assessments, Wake<DispatchPolicy> dispatch) {
        super(LeanStore::withoutCopies);
        this.changes = changes;
        this.assessments = assessments;
        this.dispatch = dispatch;
    }

    /**
     * Notes when the worker's agent was heard, as long as it shows what the API server noted of that. One that a finalizer holds
     * up is not looked at by its reconciler either, but takes no more jobs.
     */
    @Override
    public BuildWorker put(String key, BuildWorker worker) {
        assessments.see(worker);
        var before = super.put(key, worker);
        if (worker.getMetadata().getDeletionTimestamp() != null) {
            publish(worker);
        }
        return before;
    }

    @Override
    public BuildWorker remove(String key) {
        var gone = super.remove(key);
        if (gone != null) {
            assessments.forget(gone.getMetadata().getName());
            publish(gone);
        }
        return gone;
    }

    private void publish(BuildWorker worker) {
        changes.worker(worker.getMetadata().getName());
        dispatch.up(new ResourceID(DispatchPolicy.NAME));
    }
}
