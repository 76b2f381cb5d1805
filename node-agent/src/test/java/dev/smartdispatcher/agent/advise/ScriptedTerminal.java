package dev.smartdispatcher.agent.advise;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A terminal at which somebody types these lines, and then no more. */
final class ScriptedTerminal implements Terminal {
    private final Deque<String> lines;
    private final StringBuilder transcript = new StringBuilder();
    final List<String> shown = new ArrayList<>();

    ScriptedTerminal(String... lines) {
        this.lines = new ArrayDeque<>(List.of(lines));
    }

    @Override
    public Optional<String> ask(String prompt) {
        shown.add(prompt);
        var line = Optional.ofNullable(lines.poll());
        transcript.append(prompt).append(line.orElse("")).append('\n');
        return line;
    }

    /** What the screen shows in the end, without blanks at ends of lines. */
    String transcript() {
        return transcript.toString().replaceAll(" +\n", "\n");
    }

    @Override
    public void say(String line) {
        shown.add(line);
        transcript.append(line).append('\n');
    }
}
