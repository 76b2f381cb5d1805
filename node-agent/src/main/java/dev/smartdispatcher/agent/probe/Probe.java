package dev.smartdispatcher.agent.probe;

import java.io.IOException;

/** Finds out one part of the facts. Asked again and again, always by one thread. */
public interface Probe {
    /** Its name in {@code problems[]}: the fact's, in camelCase. */
    String name();

    /**
     * Looks, and returns what it found.
     *
     * @throws IOException if the fact cannot be found out; its message, a sentence, goes into {@code problems[]}. What a
     *     machine simply does not have is no error.
     */
    Finding look() throws IOException;

    /** What a probe found: adds it to the draft of the facts, and does nothing else. */
    @FunctionalInterface
    interface Finding {
        /** Nothing found, and nothing wrong. */
        Finding NOTHING = draft -> {};

        void addTo(FactsDraft draft);
    }
}
