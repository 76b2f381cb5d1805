package dev.smartdispatcher.agent.speed;

import dev.smartdispatcher.api.worker.facts.SpeedIndex;
import java.io.IOException;

/** Measures the machine's speed. */
@FunctionalInterface
public interface Speedometer {
    /**
     * Measures it now.
     *
     * @param threads of the machine, those that this process may not use included
     * @throws IOException if it cannot be measured now; its message is a sentence
     */
    SpeedIndex measure(int threads) throws IOException;
}
