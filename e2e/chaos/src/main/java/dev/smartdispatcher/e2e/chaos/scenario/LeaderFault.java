package dev.smartdispatcher.e2e.chaos.scenario;

/** What happens to the leader, or to the API server before it. */
enum LeaderFault {
    KILL,
    /** Asked to end, as at an upgrade. */
    TERMINATE,
    /** Stopped past its lease, and continued. */
    STOP,
    /** Cut off past its lease: nothing passes. */
    CUT_OFF,
    /** Cut off for less than its lease: connections are refused. */
    REFUSE,
    /** The API server is killed and comes back. */
    RESTART_SERVER
}
