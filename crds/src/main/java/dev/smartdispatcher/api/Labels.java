package dev.smartdispatcher.api;

/** Labels that the operator puts on what it creates. */
public final class Labels {
    /** On worker pods: the BuildJob's name, for {@code kubectl logs -l smartdispatcher.dev/job=NAME}. */
    public static final String JOB = ApiGroup.GROUP + "/job";
    /** On worker pods: the BuildJob's UID; a name can be used again, a UID not. */
    public static final String JOB_UID = ApiGroup.GROUP + "/job-uid";
    /** On worker pods: the attempt's number, from 1. */
    public static final String ATTEMPT = ApiGroup.GROUP + "/attempt";
    /** On the pods of checks: the UID of the WorkerCheck. No build has it, and nothing else. */
    public static final String CHECK_UID = ApiGroup.GROUP + "/check-uid";
    /** On the pods of checks: the WorkerCheck's name, for {@code kubectl logs -l smartdispatcher.dev/check=NAME}. */
    public static final String CHECK = ApiGroup.GROUP + "/check";
    /** On worker pods and pods of checks, and the claims of caches: the BuildWorker's name. */
    public static final String WORKER = ApiGroup.GROUP + "/worker";

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    /** Value of {@link #MANAGED_BY} on all that the operator creates. */
    public static final String OPERATOR = "smart-dispatcher";

    /** A pod whose eviction is not held off any more. */
    public static final String EVICTABLE = ApiGroup.GROUP + "/evictable";

    private Labels() {}
}
