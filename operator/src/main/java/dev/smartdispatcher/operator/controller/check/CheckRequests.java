package dev.smartdispatcher.operator.controller.check;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.check.CheckDefinition;
import dev.smartdispatcher.operator.check.CheckRunMark;
import dev.smartdispatcher.operator.controller.EventRecorder;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.worker.WorkerAssessment;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/** Checks that somebody asks for by a worker's annotation. It is removed once the check runs, or cannot: then an Event says why. */
final class CheckRequests {
    private final ClusterView cluster;
    private final CheckPods pods;
    private final EventRecorder events;

    CheckRequests(ClusterView cluster, CheckPods pods, EventRecorder events) {
        this.cluster = cluster;
        this.pods = pods;
        this.events = events;
    }

    /** The name in the annotation. */
    static Optional<String> of(BuildWorker worker) {
        return Optional.ofNullable(worker.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Annotations.CHECK))
                .filter(name -> !name.isEmpty());
    }

    /**
     * The check that is asked for and has yet to run.
     *
     * @param running the pods of the worker's checks
     */
    Optional<CheckDefinition> wanted(BuildWorker worker, WorkerAssessment assessment, List<Pod> running) {
        var request = of(worker);
        if (request.isEmpty()) {
            return Optional.empty();
        }
        if (running.stream().anyMatch(pod -> answers(pod, request.get()))) {
            pods.answered(worker, request.get());
            return Optional.empty();
        }
        return known(worker, request.get(), assessment.checks().definitions());
    }

    private static boolean answers(Pod pod, String request) {
        return CheckRunMark.of(pod).filter(CheckRunMark::asked).isPresent()
                && request.equals(pod.getMetadata().getLabels().get(Labels.CHECK));
    }

    private Optional<CheckDefinition> known(BuildWorker worker, String request, List<CheckDefinition> run) {
        var found = run.stream().filter(check -> check.name().equals(request)).findFirst();
        if (found.isPresent() && found.get().problems().isEmpty()) {
            return found;
        }
        if (cluster.node(worker.getMetadata().getName()).isEmpty()) {
            // What runs there is not known yet.
            return Optional.empty();
        }
        var problem = found.map(check -> "is invalid: " + String.join("; ", check.problems()))
                .orElse(cluster.check(request).isPresent() ? "is not for this worker" : "does not exist");
        events.warning(worker, Reason.UnknownCheck, "the WorkerCheck " + request + ", which is asked for, " + problem);
        pods.answered(worker, request);
        return Optional.empty();
    }
}
