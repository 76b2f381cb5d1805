package dev.smartdispatcher.api.policy;

/** What the dispatcher does with what BuildProfiles have learned. */
public enum ProfileUse {
    /** Nothing is learned, and nothing learned is used. */
    Off,
    /** A job gets no less than it requests, and more where past builds of its package needed more. */
    RaiseOnly,
    /** A job gets the memory that past builds of its package needed, once ten of them succeeded. */
    Replace
}
