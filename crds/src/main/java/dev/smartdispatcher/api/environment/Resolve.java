package dev.smartdispatcher.api.environment;

/** Whether an installer may install more than the lists name. */
public enum Resolve {
    /** No: the lists are complete, and the installation fails if a listed package requires another one. */
    None,
    /** What the listed packages require is taken from the repository too, and recorded. */
    Repository
}
