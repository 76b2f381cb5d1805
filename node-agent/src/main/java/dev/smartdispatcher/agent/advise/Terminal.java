package dev.smartdispatcher.agent.advise;

import java.io.Console;
import java.util.Optional;

/** Where a person sits. */
public interface Terminal {
    /** Asks, and waits for a line, without its end; empty if none will come any more. */
    Optional<String> ask(String prompt);

    /** Says something that is no question. */
    void say(String line);

    /** This process's; empty if its input or its output is none, as in a pipe or under {@code kubectl exec} without -it. */
    static Optional<Terminal> ofProcess() {
        return Optional.ofNullable(System.console()).map(OfConsole::new);
    }

    /** The line discipline of the terminal is all the editing that answers of a word need. */
    record OfConsole(Console console) implements Terminal {
        @Override
        public Optional<String> ask(String prompt) {
            return Optional.ofNullable(console.readLine("%s", prompt));
        }

        @Override
        public void say(String line) {
            console.writer().println(line);
            console.flush();
        }
    }
}
