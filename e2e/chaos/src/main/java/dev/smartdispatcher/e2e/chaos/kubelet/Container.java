package dev.smartdispatcher.e2e.chaos.kubelet;

import dev.smartdispatcher.e2e.chaos.history.Act;
import dev.smartdispatcher.e2e.chaos.history.Journal;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Optional;

/** The container of one build on a node, which runs whatever the API server knows of it. Not safe for use by several threads. */
final class Container {
    private final Pod pod;
    private final Journal journal;
    private final Instant started;
    private final Instant due;
    private final ContainerEnd plan;
    private Optional<ContainerEnd> end = Optional.empty();
    private Instant ended;
    private Step told = Step.NOTHING;

    /** What the API server has been told. */
    enum Step {
        NOTHING,
        RUNNING,
        ENDED,
        FINISHED
    }

    /** Starts it. */
    Container(Pod pod, Journal journal, Instant now) {
        this.pod = pod;
        this.journal = journal;
        var script = BuildScript.of(pod);
        started = now;
        due = now.plusMillis(script.millis());
        plan = script.end(Integer.parseInt(pod.getMetadata().getLabels().get(Labels.ATTEMPT)));
        journal.write(Act.Kind.ContainerStarted, jobUid(), podUid());
    }

    /** Time goes on: it may have ended by itself. */
    void tick(Instant now) {
        if (end.isEmpty() && !now.isBefore(due)) {
            finish(plan, due);
        }
    }

    /** Ends it if its deadline, as the pod has it by now, has passed. */
    void deadline(Pod now, Instant time) {
        var annotations = now.getMetadata().getAnnotations();
        var seconds = annotations == null ? null : annotations.get(Labels.DEADLINE);
        if (seconds != null && !time.isBefore(started.plusSeconds(Long.parseLong(seconds)))) {
            kill(ContainerEnd.OVERDUE, time);
        }
    }

    /** Ends it, if it runs. */
    void kill(ContainerEnd how, Instant now) {
        if (end.isEmpty()) {
            finish(how, now);
        }
    }

    private void finish(ContainerEnd how, Instant when) {
        end = Optional.of(how);
        ended = when;
        journal.write(Act.Kind.ContainerGone, jobUid(), podUid());
    }

    boolean isRunning() {
        return end.isEmpty();
    }

    Optional<ContainerEnd> end() {
        return end;
    }

    Instant started() {
        return started;
    }

    Instant ended() {
        return ended;
    }

    Step told() {
        return told;
    }

    void told(Step step) {
        told = step;
    }

    Pod pod() {
        return pod;
    }

    private String jobUid() {
        return pod.getMetadata().getLabels().get(Labels.JOB_UID);
    }

    private String podUid() {
        return pod.getMetadata().getUid();
    }
}
