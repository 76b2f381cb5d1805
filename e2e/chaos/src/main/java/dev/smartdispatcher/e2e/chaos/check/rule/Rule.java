package dev.smartdispatcher.e2e.chaos.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.chaos.check.view.World;
import dev.smartdispatcher.e2e.chaos.history.Act;
import dev.smartdispatcher.e2e.chaos.history.Change;

/** Looks at a history, entry by entry, for one kind of violation. */
public interface Rule {
    /** Of its invariant, and what it says. */
    String name();

    /**
     * An object was written.
     *
     * @param world after the write
     * @param before the object before it; null if it was not there
     */
    default void change(World world, Change change, JsonNode before, Findings findings) {}

    /** The harness is about to do something. */
    default void act(World world, Act act, Findings findings) {}

    /** The history is over. */
    default void end(World world, Findings findings) {}
}
