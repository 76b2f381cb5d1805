package dev.smartdispatcher.api;

/** Annotations that users set and that the operator sets. */
public final class Annotations {
    /** On a BuildWorker, its value the reason: finish what runs, start nothing. */
    public static final String DRAIN = ApiGroup.GROUP + "/drain";
    /**
     * On a BuildWorker, an RFC 3339 time. Alone: planned, start only what is known to end by then. With {@link #DRAIN}:
     * stop what still runs then.
     */
    public static final String DRAIN_DEADLINE = ApiGroup.GROUP + "/drain-deadline";
    /** On a BuildWorker, its value the name of a WorkerCheck: run it now, once for each value that is set. */
    public static final String CHECK = ApiGroup.GROUP + "/check";
    /** On a BuildWorker, an RFC 3339 time: what builds that ended until then say against the worker is void, as after a repair. */
    public static final String TRUSTED_SINCE = ApiGroup.GROUP + "/trusted-since";
    /** On a BuildWorker, {@code never}: it is not quarantined, whatever becomes of builds there, and failures there count. */
    public static final String QUARANTINE = ApiGroup.GROUP + "/quarantine";
    /** On the pod of a check: which run of which generation of the WorkerCheck it is. */
    public static final String CHECK_RUN = ApiGroup.GROUP + "/check-run";
    /** On a worker pod: the allocation it was created for, as JSON, so that a deleted job's room is held by its pod. */
    public static final String ALLOCATION = ApiGroup.GROUP + "/allocation";
    /**
     * On a worker pod: the digest of the plan that it was made from, as in {@code status.packages.plan} of its job. A pod with
     * another one than is recorded is not the attempt's.
     */
    public static final String PLAN = ApiGroup.GROUP + "/plan";
    /**
     * On a worker pod: how long (whole seconds) its build may run from its start. The pod sees it as a file, and the operator
     * makes it smaller while the build runs if its job's deadline becomes shorter.
     */
    public static final String DEADLINE_SECONDS = ApiGroup.GROUP + "/deadline-seconds";
    /**
     * On a pod of the operator's: the time (RFC 3339, whole seconds, by the API server's clock) after which the API server is not
     * to create it any more. Admission refuses a request that comes later.
     */
    public static final String CREATE_BEFORE = ApiGroup.GROUP + "/create-before";
    /** On a list ConfigMap: the last time an attempt used it, RFC 3339. */
    public static final String LAST_USED = ApiGroup.GROUP + "/last-used";

    private Annotations() {}
}
