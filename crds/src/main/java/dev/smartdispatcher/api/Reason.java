package dev.smartdispatcher.api;

import static dev.smartdispatcher.api.ReasonCategory.Configuration;
import static dev.smartdispatcher.api.ReasonCategory.FailedStart;
import static dev.smartdispatcher.api.ReasonCategory.Failure;
import static dev.smartdispatcher.api.ReasonCategory.ImageObstacle;
import static dev.smartdispatcher.api.ReasonCategory.Mismatch;
import static dev.smartdispatcher.api.ReasonCategory.NamespaceObstacle;
import static dev.smartdispatcher.api.ReasonCategory.Occupied;
import static dev.smartdispatcher.api.ReasonCategory.OutOfResources;
import static dev.smartdispatcher.api.ReasonCategory.Progress;
import static dev.smartdispatcher.api.ReasonCategory.Stopped;
import static dev.smartdispatcher.api.ReasonCategory.TooSmall;
import static dev.smartdispatcher.api.ReasonCategory.Unavailable;
import static dev.smartdispatcher.api.ReasonCategory.Wait;
import static dev.smartdispatcher.api.ReasonCategory.WorkerCondition;
import static dev.smartdispatcher.api.ReasonCategory.WorkerLoss;
import static dev.smartdispatcher.api.ReasonCategory.WorkerObstacle;

/**
 * Every reason that conditions, waiting jobs, attempts and Events carry: one word for one thing, spelled as users see it.
 * The groups below are by who carries it first; a reason may appear in several places. Each has one category, by which code
 * that treats several reasons alike knows them.
 */
public enum Reason {
    // Why a worker does not take a job: counted for each waiting job.
    /** The worker cannot build the target architecture in any mode. */
    WrongArchitecture(Mismatch),
    /** The job asks for other host architectures. */
    WrongHostArchitecture(Mismatch),
    /** The worker builds the target, but in no mode that the job allows. */
    WrongMode(Mismatch),
    /** A CPU flag is missing, or one is there that must not be. */
    WrongCpuFlags(Mismatch),
    /** The kernel's version or flavour is not what the job asks for. */
    WrongKernel(Mismatch),
    /** No isolation of this kind works on the worker, or its Node does not offer the device for it. */
    WrongIsolation(Mismatch),
    /** The worker offers a way of isolation that the job excludes. */
    ExcludedIsolation(Mismatch),
    /** A check that the job asks for has not been passed here, or so long ago that it no longer counts. */
    CheckNotPassed(Mismatch),
    /** A fact of the worker is not what the job asks for, or is not known. */
    WrongFacts(Mismatch),
    /** The worker is slower than the job asks for, or its speed is not known. */
    TooSlow(Mismatch),
    /** Too few inodes are free for the job's disk. */
    TooFewInodes(Mismatch),
    /** The worker's labels do not match the job's workerSelector. */
    SelectorMismatch(Mismatch),
    /** Even alone on the worker the job would not get enough CPU at its smallest N. */
    TooLittleCpu(TooSmall),
    /** Even alone on the worker the job would not get enough memory at its smallest N. */
    TooLittleMemory(TooSmall),
    /** Even alone on the worker the job would not get enough disk. */
    TooLittleDisk(TooSmall),
    /** Others leave too little free on the worker's disk, though its budget would do. */
    TooLittleFreeDisk(TooSmall),
    /** The worker's budget takes no job at all. */
    TooFewJobs(TooSmall),
    /** The worker could take the job, but not beside what runs there now. */
    NoRoom(Occupied, true),
    /** The room is kept for a job ahead in the queue. */
    Reserved(Occupied),
    /** The namespace has as many jobs on workers, or on such ones, as the policy allows it. */
    TenantLimit(Occupied),
    /** The worker takes only what is known to end before its drain deadline. */
    EndsAfterDeadline(Unavailable),
    /** An attempt of the job did not start on this worker a moment ago. */
    BackingOff(Occupied),

    // Why a worker takes no job at all: also the reason of Schedulable=False.
    Draining(Unavailable),
    NodeCordoned(Unavailable),
    NodeNotReady(Unavailable),
    /** Its provider or autoscaler has announced that the Node ends. */
    NodeTerminating(Unavailable),
    /** The worker's Node does not exist. */
    NodeMissing(Unavailable),
    Tainted(Unavailable),
    /** The worker has not passed a check that is mandatory. As an Event: it failed a check. */
    CheckFailed(Unavailable),
    /** Builds fail on the worker that hardly fail elsewhere: none starts there for a while, and then some for a trial. */
    Quarantined(Unavailable),
    /** No observation by the agent for three minutes. */
    Silent(Unavailable),
    /** The agent has not published anything yet. */
    NoFacts(Unavailable),
    /** What the agent or the administrator says about the worker cannot be true. */
    InvalidFacts(Unavailable),

    // ClockSkewed.
    /** The node's clock differs from the API server's by more than half a minute. */
    ClockSkewed(WorkerCondition),
    ClockInSync(WorkerCondition),

    // Checks of workers.
    CheckPassed(WorkerCondition),
    /** The worker is asked to run a check that does not exist, or is not for it. */
    UnknownCheck(WorkerCondition),

    // Healthy.
    /** Builds end on the worker as they do elsewhere. */
    NoSuspicion(WorkerCondition),
    /** Builds fail on the worker that hardly fail elsewhere: their attempts do not count. */
    Suspect(WorkerCondition),
    /** A quarantine is over: the worker is tried, first with its checks, then with one build at a time. */
    OnTrial(WorkerCondition),
    /** An annotation of the worker cannot be understood, and counts for nothing. */
    InvalidAnnotation(WorkerCondition),

    // Schedulable=True and Drained.
    AcceptingBuilds(WorkerCondition),
    BuildsRunning(WorkerCondition),
    NoBuilds(WorkerCondition),
    NotDraining(WorkerCondition),
    /** The Node has been cordoned for as long as the policy holds off evictions: they are let through. */
    EvictionsAllowed(WorkerCondition),

    // Why a job waits.
    UnknownEnvironment(Wait),
    InvalidEnvironment(Wait),
    /** There is no worker at all. */
    NoWorkers(Wait),
    /** No worker could host the job even if it were empty. */
    NoWorkerFits(Wait),
    /** Every worker that could host the job takes none for now. */
    WorkersUnavailable(Wait),
    /** A worker that emulates has room, but the job is expected to finish earlier on a busy one that does not. */
    FasterWorkerBusy(Wait),
    /** The job needs more of a counted resource than is free: others hold it. */
    CountedInUse(Wait),
    /** The job needs more of a counted resource than the policy says there is. */
    TooFewCounted(Wait),
    /** The namespace's waiting jobs have more different sets of requirements than the dispatcher looks at together. */
    TooManyRequirements(Wait, true),
    /** The policy does not allow the job's namespace the isolation that it asks for. */
    IsolationNotAllowed(Wait),
    /** The policy, or Pod Security, does not allow the namespace the context that the environment's installer needs. */
    InstallerNotAllowed(Wait),
    /** The namespace's quota or limit range refuses the pod. */
    QuotaExceeded(Wait),
    /** The environment was changed between the record of the attempt and the creation of its pod: the job gets a new attempt. */
    EnvironmentChanged(Wait),
    /** A pod of the name that the attempt's is to have, or a ConfigMap that it would mount, is somebody else's. */
    NameConflict(Wait),
    /** A webhook, an admission policy or Pod Security denies the pod in this namespace. */
    AdmissionDenied(Wait),
    /** The API server answered again and again that it could not write what the job needs, or that it is too large. */
    ApiServerError(Wait),
    /** The operator lacks a right that the job needs. */
    NotAuthorized(Wait),

    // A job's life.
    Dispatched(Progress),
    /** Past builds of the package needed more memory than the job requests: it gets more. */
    EnvelopeRaised(Progress),
    Started(Progress),
    /** The command ended with exit code 0. */
    Succeeded(Progress),
    Retrying(Progress),
    /** An attempt failed on a suspect worker: it does not count, and another worker gets the job. */
    RetriedElsewhere(Progress),
    /** The spec breaks a rule of the schema. */
    InvalidSpec(Progress),
    /** What became of the job so far cannot be read, or not be gone on from: nothing is done for it. */
    UnreadableStatus(Progress),

    // How an attempt ended without success.
    /** The command ended with another exit code than 0. */
    BuildFailed(Failure),
    DeadlineExceeded(Failure),
    /** The build neither wrote output nor used CPU for as long as its idle deadline. */
    IdleDeadlineExceeded(Failure),
    OutOfMemory(OutOfResources),
    OutOfDisk(OutOfResources),
    /** The pod went away, or its node with it, without a recorded outcome. */
    WorkerLost(WorkerLoss),
    /** The worker's drain deadline passed while the attempt ran. */
    DrainDeadlinePassed(WorkerLoss),
    /** The node was taken away as announced, or shut down in order: no fault of the job, nor of the farm. */
    Interrupted(WorkerLoss),
    /** spec.suspend of the job is true: its build was stopped, and it waits until that is no longer so. */
    Suspended(Stopped),
    /** spec.cancelled of the job is true: there is no further attempt. */
    Cancelled(Stopped),
    /** The environment's packages could not be installed as its lists say: the build's command did not run. */
    InstallFailed(Failure),
    /** The image has no shell, cannot run the entry, or lacks what the build's mode needs. */
    EntryNotRunnable(Failure),
    /** The image is for another architecture than the build's mode needs: the command did not run. */
    WrongImageArchitecture(Failure),
    /** The pod was refused or could not be started: the attempt never ran. */
    StartFailed(FailedStart),
    /** The pod waits for its image, which cannot be had. */
    ImagePullFailed(ImageObstacle),
    /** What the job or its environment names as image is no image's name. */
    InvalidImageName(ImageObstacle),
    /** A PersistentVolumeClaim that the job names is not in its namespace. */
    ClaimNotFound(NamespaceObstacle),
    /** A Secret that the job names is not in its namespace, or lacks a key. */
    SecretNotFound(NamespaceObstacle),
    /** A ConfigMap that the job names is not in its namespace, or lacks a key. */
    ConfigMapNotFound(NamespaceObstacle),
    /** The node cannot mount a volume of the pod. */
    FailedMount(WorkerObstacle),
    /** The pod waits for kube-scheduler, which finds no room on the worker, or not its volumes. */
    Unschedulable(WorkerObstacle),
    /** The node has taken the pod but not made its sandbox: volumes, network or runtime are in the way. */
    NoSandbox(WorkerObstacle),
    /** No attempt has started within the job's startDeadlineSeconds. */
    StartDeadlineExceeded(Progress),
    /** The command succeeded, but its results could not be copied. */
    ResultsNotCopied(Failure),

    /** The worker's cache cannot be had by the job's namespace, or not yet: the attempt runs without it. */
    CacheUnavailable(Progress),

    // Environments, checks and the policy.
    Accepted(Configuration),
    /** The WorkerCheck cannot be run as it is written. */
    InvalidCheck(Configuration),
    /** A check cannot be run on most of its workers: its results count longer. */
    ChecksNotRunning(Configuration),
    InvalidRule(Configuration),
    /** A container of the environment's image has started. */
    ImagePulled(Configuration),
    /** A default that the job needs cannot be true. */
    InvalidPolicy(Configuration),
    IgnoredPolicy(Configuration),
    /** The policy was deleted: the defaults are in force. */
    PolicyDeleted(Configuration);

    private final ReasonCategory category;
    private final boolean ordinary;

    Reason(ReasonCategory category) {
        this(category, false);
    }

    Reason(ReasonCategory category, boolean ordinary) {
        this.category = category;
        this.ordinary = ordinary;
    }

    /** The kind of thing it says. */
    public ReasonCategory category() {
        return category;
    }

    /** Whether crowds of jobs wait for it on any busy farm, so that none of them needs an Event. */
    public boolean isOrdinary() {
        return ordinary;
    }

    /**
     * Whether an attempt that ends so never started, for a cause that has a reason of its own. It uses up no budget of retries:
     * waiting to start is not failing.
     */
    public boolean isStartObstacle() {
        return category == WorkerObstacle || isEverywhere();
    }

    /** Whether an attempt that ends so uses up no budget of retries. */
    public boolean usesNoBudget() {
        return isStartObstacle() || category == Stopped || this == Interrupted;
    }

    /** Whether what keeps an attempt from starting is the same wherever the job goes. */
    public boolean isEverywhere() {
        return category == ImageObstacle || category == NamespaceObstacle;
    }

    /** Whether waiting does not help while the pod is there: it is given up at once. */
    public boolean isHopeless() {
        return this == InvalidImageName || category == NamespaceObstacle;
    }
}
