package dev.smartdispatcher.api.job.status;

/** A one-word summary for people. Nothing in the code reads it: it follows from the conditions. */
public enum Phase {
    Pending,
    Dispatched,
    Running,
    Complete,
    Failed
}
