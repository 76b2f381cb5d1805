package dev.smartdispatcher.operator.controller.environment;

import dev.smartdispatcher.api.ReasonCategory;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.operator.attempt.Observation;
import dev.smartdispatcher.operator.controller.Wake;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.scheduler.fairshare.NamespaceHold.Published;
import dev.smartdispatcher.operator.workload.pod.WorkerPod;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;

/** Tells what became of attempts about the images of their environments: a job's own image is no other job's business. */
public final class EnvironmentImages {
    private final ClusterView cluster;
    private final Wake<BuildEnvironment> environments;
    private final Clock clock;

    public EnvironmentImages(ClusterView cluster, Wake<BuildEnvironment> environments, Clock clock) {
        this.cluster = cluster;
        this.environments = environments;
        this.clock = clock;
    }

    public void started(BuildJob job, Attempt attempt, Pod pod) {
        if (isOfEnvironment(job)) {
            // Only by what is new: a look at an environment is one at all jobs.
            pod.getSpec().getContainers().stream()
                    .filter(c -> WorkerPod.CONTAINER.equals(c.getName()) && c.getImage() != null)
                    .filter(c -> cluster.images().started(c.getImage(), attempt.worker(), clock.instant()))
                    .forEach(c -> look(job));
        }
    }

    public void ended(BuildJob job, Attempt attempt, Observation.Ended observed) {
        var obstacle = attempt.obstacle();
        if (isOfEnvironment(job)
                && observed.outcome().category() == ReasonCategory.ImageObstacle
                && obstacle != null
                && obstacle.object() != null) {
            cluster.images()
                    .failed(
                            obstacle.object(),
                            attempt.worker(),
                            job.getMetadata().getNamespace(),
                            new Published(observed.outcome(), observed.message()),
                            job.getMetadata().getUid(),
                            clock.instant());
            look(job);
        }
    }

    private void look(BuildJob job) {
        environments.up(new ResourceID(job.getSpec().environment()));
    }

    private static boolean isOfEnvironment(BuildJob job) {
        return job.getSpec().image() == null || job.getSpec().image().isEmpty();
    }
}
