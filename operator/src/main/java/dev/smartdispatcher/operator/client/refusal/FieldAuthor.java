package dev.smartdispatcher.operator.client.refusal;

/** Who determined the value of a field of a worker pod. */
public enum FieldAuthor {
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
