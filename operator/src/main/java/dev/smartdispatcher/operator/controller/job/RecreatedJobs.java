package dev.smartdispatcher.operator.controller.job;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.operator.controller.DaemonTimer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Tells the controller once more of a job that is created under the name of one that has just been deleted, as by {@code
 * kubectl replace --force}. What the framework is told while it has the deletion looked at, it forgets right after that, and
 * of a job that it does not know it takes no event of pods either (JOSDK 5.2: {@code EventProcessor.eventProcessingFinished}).
 * When the look at the deletion ends nobody tells, and its thread may be held up: so this is done again, more and more rarely.
 */
final class RecreatedJobs extends AbstractEventSource<Void, BuildJob> {
    /** By then the look at the deletion has ended, if nothing holds it up. */
    private static final Duration FIRST = Duration.ofSeconds(1);
    /** Each comes after twice the time of the one before: the last one after four minutes. */
    private static final int TIMES = 8;

    private final BiFunction<String, String, Optional<BuildJob>> jobs;
    private final Duration first;
    private final DaemonTimer timer = new DaemonTimer("namesakes");

    /** @param jobs the job of a namespace and name, if it is there */
    RecreatedJobs(BiFunction<String, String, Optional<BuildJob>> jobs) {
        this(jobs, FIRST);
    }

    RecreatedJobs(BiFunction<String, String, Optional<BuildJob>> jobs, Duration first) {
        super(Void.class, "namesakes");
        this.jobs = jobs;
        this.first = first;
    }

    /** The deletion of a job of this name is being looked at. */
    void expect(String namespace, String name) {
        later(namespace, name, 1);
    }

    private void later(String namespace, String name, int time) {
        timer.after(first.multipliedBy(1L << (time - 1)), () -> publish(namespace, name, time));
    }

    private void publish(String namespace, String name, int time) {
        if (isRunning()) {
            if (time < TIMES) {
                later(namespace, name, time + 1);
            }
            jobs.apply(namespace, name).ifPresent(job -> getEventHandler()
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
        timer.close();
    }
}
