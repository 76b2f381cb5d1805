package dev.smartdispatcher.operator.controller;

/** The keys of structured log lines: one word for one thing. */
public final class LogKeys {
    /** Number of the scheduling cycle, from 1 since this replica leads. */
    public static final String CYCLE = "cycle";

    public static final String JOB = "job";
    public static final String ATTEMPT = "attempt";
    public static final String WORKER = "worker";
    public static final String POD = "pod";
    public static final String ENVIRONMENT = "environment";
    public static final String REASON = "reason";
    public static final String MODE = "mode";
    public static final String PARALLELISM = "parallelism";
    public static final String CPU = "cpu";
    public static final String MEMORY = "memory";
    public static final String PENDING = "pending";
    public static final String PLACED = "placed";
    public static final String SECONDS = "seconds";
    public static final String STATUS_CODE = "statusCode";

    private LogKeys() {}
}
