package dev.smartdispatcher.operator.health;

/** What an attempt that ended says of its worker. Attempts that say nothing have no verdict. */
public enum Verdict {
    /** The command succeeded: the worker works. */
    Succeeded,
    /** The build failed, by the package's fault or the worker's. */
    Failed,
    /** The worker did not start the container, or killed it for no reason that anybody names. */
    Died,
    /** The image could not run the entry: the worker's fault only if the image has just started elsewhere. */
    NotRunnable;

    public boolean isFailure() {
        return this != Succeeded;
    }
}
