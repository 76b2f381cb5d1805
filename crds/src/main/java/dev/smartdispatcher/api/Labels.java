package dev.smartdispatcher.api;

/** Labels that the operator puts on what it creates. */
public final class Labels {
    /** On worker pods: the BuildJob's name, for {@code kubectl logs -l smartdispatcher.dev/job=NAME}. */
    public static final String JOB = ApiGroup.GROUP + "/job";
    /** On worker pods: the BuildJob's UID; a name can be used again, a UID not. */
    public static final String JOB_UID = ApiGroup.GROUP + "/job-uid";
    /** On worker pods: the attempt's number, from 1. */
    public static final String ATTEMPT = ApiGroup.GROUP + "/attempt";
    /** On worker pods, and the claims of their caches: the BuildWorker's name. */
    public static final String WORKER = ApiGroup.GROUP + "/worker";

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    /** Value of {@link #MANAGED_BY} on all that the operator creates. */
    public static final String OPERATOR = "smart-dispatcher";

    private Labels() {}
}
