package dev.smartdispatcher.api.job.status;

/** Where the memory of an allocation comes from. */
public enum MemoryBasis {
    /** The job requests it. */
    Declared,
    /** The job requests none: the policy's default, or the job's part of the worker where that is more. */
    Default,
    /** Past builds of the package needed it, as a BuildProfile tells. */
    Profile
}
