package dev.smartdispatcher.e2e.chaos.history;

/** Where the harness writes down what it does, before it does it. Safe for use by several threads. */
@FunctionalInterface
public interface Journal {
    void write(Act.Kind kind, String target, String detail);

    default void write(Act.Kind kind, String target) {
        write(kind, target, "");
    }
}
