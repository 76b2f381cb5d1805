package dev.smartdispatcher.api;

/**
 * Every reason that conditions, waiting jobs, attempts and Events carry: one word for one thing, spelled as users see it.
 * The groups below are by who carries it first; a reason may appear in several places.
 */
public enum Reason {
    // Why a worker does not take a job: counted for each waiting job.
    /** The worker cannot build the target architecture in any mode. */
    WrongArchitecture,
    /** The job asks for other host architectures. */
    WrongHostArchitecture,
    /** The worker builds the target, but in no mode that the job allows. */
    WrongMode,
    /** A CPU flag is missing, or one is there that must not be. */
    WrongCpuFlags,
    /** The kernel's version or flavour is not what the job asks for. */
    WrongKernel,
    /** No isolation of this kind works on the worker, or its Node does not offer the device for it. */
    WrongIsolation,
    /** The worker is slower than the job asks for, or its speed is not known. */
    TooSlow,
    /** Too few inodes are free for the job's disk. */
    TooFewInodes,
    /** The worker's labels do not match the job's workerSelector. */
    SelectorMismatch,
    /** Even alone on the worker the job would not get enough CPU at its smallest N. */
    TooLittleCpu,
    /** Even alone on the worker the job would not get enough memory at its smallest N. */
    TooLittleMemory,
    /** Even alone on the worker the job would not get enough disk. */
    TooLittleDisk,
    /** Others leave too little free on the worker's disk, though its budget would do. */
    TooLittleFreeDisk,
    /** The worker's budget takes no job at all. */
    TooFewJobs,
    /** The worker could take the job, but not beside what runs there now. */
    NoRoom,
    /** The room is kept for a job ahead in the queue. */
    Reserved,
    /** The worker takes only what is known to end before its drain deadline. */
    EndsAfterDeadline,
    /** An attempt of the job did not start on this worker a moment ago. */
    BackingOff,

    // Why a worker takes no job at all: also the reason of Schedulable=False.
    Draining,
    NodeCordoned,
    NodeNotReady,
    /** The worker's Node does not exist. */
    NodeMissing,
    Tainted,
    /** No observation by the agent for three minutes. */
    Silent,
    /** The agent has not published anything yet. */
    NoFacts,
    /** What the agent or the administrator says about the worker cannot be true. */
    InvalidFacts,

    // ClockSkewed.
    /** The node's clock differs from the API server's by more than half a minute. */
    ClockSkewed,
    ClockInSync,

    // Schedulable=True and Drained.
    AcceptingBuilds,
    BuildsRunning,
    NoBuilds,
    NotDraining,

    // Why a job waits.
    UnknownEnvironment,
    InvalidEnvironment,
    /** There is no worker at all. */
    NoWorkers,
    /** No worker could host the job even if it were empty. */
    NoWorkerFits,
    /** Every worker that could host the job takes none for now. */
    WorkersUnavailable,
    /** The namespace has as many jobs on workers as the policy allows it. */
    TenantLimit,
    /** The namespace's waiting jobs have more different sets of requirements than the dispatcher looks at together. */
    TooManyRequirements,
    /** The policy does not allow the job's namespace the isolation that it asks for. */
    IsolationNotAllowed,
    /** The namespace's quota or limit range refuses the pod. */
    QuotaExceeded,
    /** A pod of the name that the attempt's is to have, or a ConfigMap that it would mount, is somebody else's. */
    NameConflict,
    /** A webhook, an admission policy or Pod Security denies the pod in this namespace. */
    AdmissionDenied,
    /** The API server answered again and again that it could not write what the job needs, or that it is too large. */
    ApiServerError,
    /** The operator lacks a right that the job needs. */
    NotAuthorized,

    // A job's life.
    Dispatched,
    Started,
    /** The command ended with exit code 0. */
    Succeeded,
    Retrying,
    /** The spec breaks a rule of the schema. */
    InvalidSpec,
    /** What became of the job so far cannot be read, or not be gone on from: nothing is done for it. */
    UnreadableStatus,

    // How an attempt ended without success.
    /** The command ended with another exit code than 0. */
    BuildFailed,
    DeadlineExceeded,
    OutOfMemory,
    OutOfDisk,
    /** The pod went away, or its node with it, without a recorded outcome. */
    WorkerLost,
    /** The worker's drain deadline passed while the attempt ran. */
    DrainDeadlinePassed,
    /** The image has no shell, or cannot run the entry. */
    EntryNotRunnable,
    /** The pod was refused or could not be started: the attempt never ran. */
    StartFailed,
    /** The pod waits for its image, which cannot be had. */
    ImagePullFailed,
    /** What the job or its environment names as image is no image's name. */
    InvalidImageName,
    /** A PersistentVolumeClaim that the job names is not in its namespace. */
    ClaimNotFound,
    /** A Secret that the job names is not in its namespace, or lacks a key. */
    SecretNotFound,
    /** A ConfigMap that the job names is not in its namespace, or lacks a key. */
    ConfigMapNotFound,
    /** The node cannot mount a volume of the pod. */
    FailedMount,
    /** The pod waits for kube-scheduler, which finds no room on the worker, or not its volumes. */
    Unschedulable,
    /** The node has taken the pod but not made its sandbox: volumes, network or runtime are in the way. */
    NoSandbox,
    /** No attempt has started within the job's startDeadlineSeconds. */
    StartDeadlineExceeded,
    /** The command succeeded, but its results could not be copied. */
    ResultsNotCopied,

    // Environments and the policy.
    Accepted,
    InvalidRule,
    /** A container of the environment's image has started. */
    ImagePulled,
    /** A default that the job needs cannot be true. */
    InvalidPolicy,
    IgnoredPolicy,
    /** The policy was deleted: the defaults are in force. */
    PolicyDeleted
}
