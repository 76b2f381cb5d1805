package dev.smartdispatcher.api;

/** What kind of thing a {@link Reason} says: each reason is of one, and what is done about it follows from that. */
public enum ReasonCategory {
    /** The worker is not what the job asks for. */
    Mismatch,
    /** The worker is too small for the job, even empty. */
    TooSmall,
    /** The worker takes no job, or not this one, for as long as somebody wants it so or its node is not well. */
    Unavailable,
    /** The worker could take the job, but not now: the job starts when something ends, without anybody's doing. */
    Occupied,
    /** How a worker is otherwise, which keeps no job from it. */
    WorkerCondition,
    /** Why a job waits, whatever the workers. */
    Wait,
    /** What has become of a job or its attempt, other than a failure of an attempt. */
    Progress,
    /** The build, or its command, failed: another attempt counts as {@code retry.onFailure}. */
    Failure,
    /** The job was given too little, wherever it was: another attempt counts as {@code retry.onOutOfResources}. */
    OutOfResources,
    /** The worker went away: another attempt counts as {@code retry.onWorkerLost}. */
    WorkerLoss,
    /** Whoever submitted the job wants its build to end: no failure, and no retry is used up. */
    Stopped,
    /** The attempt did not start, for no cause with a reason of its own. */
    FailedStart,
    /** The image cannot be had anywhere: by the environment's fault, or the job's if it names an image of its own. */
    ImageObstacle,
    /** The namespace lacks what the job names: no worker helps. */
    NamespaceObstacle,
    /** Something about the worker keeps the attempt from starting: another worker may do. */
    WorkerObstacle,
    /** What is wrong or right about an environment or the policy. */
    Configuration
}
