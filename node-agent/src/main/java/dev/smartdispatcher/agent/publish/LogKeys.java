package dev.smartdispatcher.agent.publish;

/** Keys of the values in the agent's log. */
public final class LogKeys {
    /** Name of the node, and so of its BuildWorker. */
    public static final String NODE = "node";
    /** Name of a probe. */
    public static final String PROBE = "probe";
    /** Number of failures in a row. */
    public static final String FAILURES = "failures";
    /** Wait until the next try, as an ISO 8601 duration. */
    public static final String RETRY_IN = "retryIn";
    /** Version of the agent. */
    public static final String VERSION = "version";

    private LogKeys() {}
}
