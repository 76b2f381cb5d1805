package dev.smartdispatcher.e2e.chaos.fault;

/** Whether a connection leads anywhere. */
public enum Link {
    OPEN,
    /** Nothing passes, and nobody says so, as where a cable is pulled. */
    SILENT,
    /** Connections are refused, as where a server is not running. */
    REFUSING
}
