package dev.smartdispatcher.cli.why;

import dev.smartdispatcher.api.Reason;
import java.util.Arrays;
import java.util.Optional;

/** What helps against a reason, for the user of a job; fields are the job's, and JOB stands for its name. */
final class Help {
    private Help() {}

    /** Of a reason by its name; empty where nothing does, or the reason is not known. */
    static Optional<String> against(String name) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.name().equals(name))
                .findFirst()
                .map(reason -> ofWorkers(reason)
                        .or(() -> ofWaits(reason))
                        .or(() -> ofAttempts(reason))
                        .or(() -> ofCategory(reason)))
                .flatMap(help -> help);
    }

    private static Optional<String> ofWorkers(Reason reason) {
        return Optional.ofNullable(
                switch (reason) {
                    case WrongArchitecture ->
                        "a worker that builds targetArch, or a rule in the environment by which others build it";
                    case WrongHostArchitecture -> "allow more in requires.hostArch";
                    case WrongMode -> "allow more in requires.modes";
                    case WrongCpuFlags -> "ask for less in requires.cpuFlags";
                    case WrongKernel -> "ask for less in requires.kernel";
                    case WrongIsolation -> "another requires.isolation";
                    case ExcludedIsolation -> "exclude less in requires.notIsolation";
                    case CheckNotPassed ->
                        "ask for less in requires.checks, or have the check run: kubectl get wchk, and"
                                + " status.checks of the worker";
                    case WrongFacts -> "ask for less in requires.facts, or correct the worker's facts";
                    case TooSlow -> "a smaller requires.minSpeed";
                    case TooFewInodes -> "a smaller resources.disk.size, or more free inodes on the worker";
                    case SelectorMismatch -> "another requires.workerSelector, or labels on the BuildWorkers";
                    case TooLittleCpu -> "a smaller parallelism.min or resources.cpuPerProcess, or a larger worker";
                    case TooLittleMemory -> "less resources.memory, a smaller parallelism.min, or a larger worker";
                    case TooLittleDisk -> "a smaller resources.disk.size, or a larger worker";
                    case TooLittleFreeDisk -> "a smaller resources.disk.size, or free space on the worker's disk";
                    case TooFewJobs -> "a larger limits.jobs of the BuildWorker";
                    case EndsAfterDeadline ->
                        "an activeDeadlineSeconds with which the build is known to end before the maintenance";
                    case Draining -> "an administrator ends the drain: kubectl smart-build undrain NODE";
                    case NodeCordoned -> "an administrator ends it: kubectl uncordon NODE";
                    case NodeNotReady, NodeMissing, Silent, NoFacts ->
                        "an administrator looks after the node and its node agent: kubectl describe bw NODE";
                    case Tainted -> "the taint goes, or the policy tolerates it (spec.tolerations)";
                    case CheckFailed -> "the worker passes its mandatory check: kubectl describe bw NODE says which";
                    case InvalidFacts -> "an administrator corrects what the worker's condition Schedulable names";
                    default -> null;
                });
    }

    private static Optional<String> ofWaits(Reason reason) {
        return Optional.ofNullable(
                switch (reason) {
                    case UnknownEnvironment -> "create the BuildEnvironment, or name another one: kubectl get benv";
                    case InvalidEnvironment -> "correct the BuildEnvironment: its condition Valid says what is wrong";
                    case NoRoom ->
                        "time: it starts when builds ahead of it end; sooner with a smaller parallelism.min or a higher"
                                + " priority";
                    case NoWorkers -> "a node with a node agent: kubectl get bw shows the workers there are";
                    case TenantLimit -> "a job of the namespace ends, or the DispatchPolicy's spec.tenants allows more";
                    case IsolationNotAllowed ->
                        "the DispatchPolicy's spec.isolation allows it, or another requires.isolation";
                    case InstallerNotAllowed ->
                        "the DispatchPolicy's spec.installers and the namespace's Pod Security allow it";
                    case QuotaExceeded -> "a larger ResourceQuota or LimitRange of the namespace, or fewer pods in it";
                    case NameConflict -> "the object that has the name goes";
                    case AdmissionDenied -> "the webhook, policy or Pod Security that the message names allows the pod";
                    case ApiServerError, NotAuthorized -> "an administrator looks at the operator's log";
                    case InvalidPolicy -> "an administrator corrects the DispatchPolicy";
                    default -> null;
                });
    }

    private static Optional<String> ofAttempts(Reason reason) {
        return Optional.ofNullable(
                switch (reason) {
                    case Cancelled -> "again, if it was a mistake: kubectl smart-build again JOB";
                    case InvalidSpec -> "correct the job and create it anew";
                    case BuildFailed -> "the log: kubectl smart-build logs JOB";
                    case DeadlineExceeded -> "a larger activeDeadlineSeconds, or find out where it hangs in the log";
                    case IdleDeadlineExceeded -> "find out where it hangs in the log, or a larger idleDeadlineSeconds";
                    case OutOfMemory -> "more resources.memory, or a smaller parallelism.max";
                    case OutOfDisk -> "a larger resources.disk.size";
                    case WorkerLost, DrainDeadlinePassed ->
                        "again: kubectl smart-build again JOB; more retry.onWorkerLost";
                    case InstallFailed -> "correct the environment's lists or its repository; the log has the output";
                    case EntryNotRunnable, WrongImageArchitecture -> "another image: the environment's, or the job's";
                    case ImagePullFailed, InvalidImageName ->
                        "the image's name, its registry and imagePullSecrets: the environment's, or the job's";
                    case ClaimNotFound, SecretNotFound, ConfigMapNotFound -> "create it in the job's namespace";
                    case FailedMount, Unschedulable, NoSandbox, StartFailed ->
                        "an administrator looks after the node: kubectl describe pod POD";
                    case StartDeadlineExceeded -> "a larger startDeadlineSeconds; its attempts say why none started";
                    case ResultsNotCopied -> "room in the results' claim; results.path is what the build makes";
                    default -> null;
                });
    }

    /** Of a reason that has no words of its own. */
    private static Optional<String> ofCategory(Reason reason) {
        return Optional.ofNullable(
                switch (reason.category()) {
                    case Mismatch -> "ask for less in requires, or another worker";
                    case TooSmall -> "ask for less in resources, or a larger worker";
                    case Unavailable, WorkerObstacle, FailedStart ->
                        "an administrator looks after the worker: kubectl describe bw NODE";
                    case Failure, OutOfResources -> "the log: kubectl smart-build logs JOB";
                    case WorkerLoss -> "again: kubectl smart-build again JOB";
                    case ImageObstacle, NamespaceObstacle -> "what the message names has to be there";
                    default -> null;
                });
    }
}
