package dev.smartdispatcher.operator.controller.job;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.environment.Installer;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.worker.WorkerAssessments;
import dev.smartdispatcher.operator.policy.InstallerContexts;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.worker.WorkerAssessment;
import dev.smartdispatcher.operator.workload.install.Installation;
import java.util.Optional;

/** How the packages of an attempt are installed, by its environment, the policy, its namespace and its worker as they are now. */
final class Installations {
    private final ClusterView cluster;
    private final WorkerAssessments assessments;

    Installations(ClusterView cluster, WorkerAssessments assessments) {
        this.cluster = cluster;
        this.assessments = assessments;
    }

    /** The installation; empty if the environment has no installer, or if {@link #hold} says why there is none. */
    Optional<Installation> of(
            BuildEnvironmentSpec environment, String namespace, BuildJobSpec job, Allocation allocation) {
        if (environment.installer() == Installer.None) {
            return Optional.empty();
        }
        var userNamespaces = assessments
                .of(allocation.worker())
                .flatMap(WorkerAssessment::worker)
                .filter(Worker::userNamespaces)
                .isPresent();
        return new InstallerContexts(cluster.policy().installers(), job.hasOwnImage())
                .choose(environment, cluster.namespaceLabels(namespace), userNamespaces, allocation.mode())
                .map(context -> Installation.of(environment, context));
    }

    /** Why an attempt cannot be on its worker: since it was placed, the policy, the namespace or the Node has changed. */
    Optional<String> hold(BuildEnvironmentSpec environment, String namespace, BuildJobSpec job, Allocation allocation) {
        return environment.installer() == Installer.None
                        || of(environment, namespace, job, allocation).isPresent()
                ? Optional.empty()
                : Optional.of("installer " + environment.installer() + " with root " + environment.root()
                        + " has no context on " + allocation.worker() + " in mode " + allocation.mode()
                        + " that the policy and the namespace '" + namespace
                        + "' allow");
    }
}
