package dev.smartdispatcher.operator.client.refusal;

/** Whose word a field of a worker pod is. */
public enum Author {
    /** The job's spec. */
    Job,
    /** The BuildEnvironment. */
    Environment,
    /** The DispatchPolicy. */
    Policy,
    /** The worker's name. */
    Worker,
    /** What the namespace's LimitRange adds. */
    Namespace,
    /** The operator, or a webhook that changed the pod. */
    Nobody
}
