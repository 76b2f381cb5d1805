package dev.smartdispatcher.operator.scheduler.model;

/** How a worker stands with a check that is for it. */
public enum CheckStanding {
    /** The last result that counts is that it passed. */
    Passed,
    /** The last result that counts is that it failed. */
    Failed,
    /** There is no result that counts: it never ran, or too long ago, or on another boot of the node, or was changed since. */
    Unknown
}
