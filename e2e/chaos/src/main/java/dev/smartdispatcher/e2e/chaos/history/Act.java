package dev.smartdispatcher.e2e.chaos.history;

/**
 * What the harness did, written down before it was done: nothing that follows from it can come earlier in a history.
 *
 * @param target a UID, or the name of an object or process
 * @param detail further words, or empty
 */
public record Act(long millis, Kind kind, String target, String detail) implements Entry {
    /** What can be done. The targets are in brackets. */
    public enum Kind {
        /** A run begins [its seed]. */
        Begin,
        /** Nothing is disturbed any more; all that waits has to end. */
        Quiet,
        /** All jobs are about to be deleted: nothing may remain of them. */
        CleanUp,
        /** A job is deleted [its UID]. */
        DeleteJob,
        /** A job was accepted [its UID] that no worker can ever host: it has to wait. */
        ExpectWait,
        /** A pod is deleted [its UID]. */
        DeletePod,
        /** A pod is deleted without a grace period: its build is declared dead [its UID]. */
        ForceDeletePod,
        /** A Node is deleted, or is declared out of service: its builds are declared dead [its name]. */
        DeclareDead,
        /** A process of the operator is killed, or asked to end [its name]. */
        Kill,
        Terminate,
        /** The leader is stopped, or cut off from the API server [its name]. */
        Stop,
        CutOff,
        /** The API server is killed, and is back. */
        ServerDown,
        ServerUp,
        /** A container of a build starts on a node, or is gone [the job's UID; the pod's UID is the detail]. */
        ContainerStarted,
        ContainerGone,
        /** Any other disturbance [what it is done to]. */
        Disturb
    }
}
