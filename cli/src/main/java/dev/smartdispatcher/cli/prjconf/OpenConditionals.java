package dev.smartdispatcher.cli.prjconf;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/** The conditionals around a line. Conditions are only evaluated where it matters, as they may be wrong elsewhere. */
final class OpenConditionals {
    private enum State {
        /** The lines hold. */
        ACTIVE,
        /** They do not, and a later branch may. */
        WAITING,
        /** They do not, and no later branch will. */
        OVER
    }

    private final Deque<State> open = new ArrayDeque<>();

    /** Whether lines hold here. */
    boolean active() {
        return open.stream().allMatch(state -> state == State.ACTIVE);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    void begin(BooleanSupplier condition) {
        open.push(!active() ? State.OVER : condition.getAsBoolean() ? State.ACTIVE : State.WAITING);
    }

    /** An {@code %else}; a second one reverses the first, as in obs-build. */
    void otherwise() {
        var before = open.isEmpty() ? State.ACTIVE : open.pop();
        open.push(
                switch (before) {
                    case ACTIVE -> State.WAITING;
                    case WAITING -> State.ACTIVE;
                    case OVER -> State.OVER;
                });
    }

    /** An {@code %elif}. */
    void otherwiseIf(BooleanSupplier condition) {
        var before = open.isEmpty() ? State.ACTIVE : open.pop();
        open.push(before != State.WAITING ? State.OVER : condition.getAsBoolean() ? State.ACTIVE : State.WAITING);
    }

    /** The end of a conditional; without effect where none is open. */
    void end() {
        open.poll();
    }
}
