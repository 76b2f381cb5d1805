package dev.smartdispatcher.cli.output;

import java.util.Map;

/** Colours of words that say how a job or worker stands. The words are the same without them. */
public enum Paint {
    NONE,
    TERMINAL;

    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String RED = "\u001b[31m";
    private static final String CYAN = "\u001b[36m";
    private static final String PLAIN = "\u001b[0m";

    private static final Map<String, String> COLOURS = Map.of(
            "Complete",
            GREEN,
            "Succeeded",
            GREEN,
            "schedulable",
            GREEN,
            "Running",
            CYAN,
            "Dispatched",
            CYAN,
            "Waiting",
            YELLOW,
            "Pending",
            YELLOW,
            "Draining",
            YELLOW,
            "NodeCordoned",
            YELLOW);

    /** For a terminal that shows colours, or for anything else. */
    public static Paint of(boolean colours) {
        return colours ? TERMINAL : NONE;
    }

    /** The word, painted if there are colours: what is not known to be fine or on its way is red. */
    public String state(String word) {
        return this == NONE || word.equals("-") ? word : COLOURS.getOrDefault(word, RED) + word + PLAIN;
    }
}
