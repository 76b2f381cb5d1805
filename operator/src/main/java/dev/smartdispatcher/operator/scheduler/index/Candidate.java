package dev.smartdispatcher.operator.scheduler.index;

import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.scheduler.score.Score;

/** A worker that can serve an equivalence class, and how. */
public final class Candidate {
    final EquivalenceClass equivalenceClass;

    public final WorkerState state;
    public final Mode mode;
    /** Of the mode, in percent of the native time. */
    public final int penaltyPercent;
    /** See {@link Score#slowness}. */
    public final double slowness;

    private boolean freed;

    Candidate(EquivalenceClass equivalenceClass, WorkerState state, Mode mode, int penaltyPercent) {
        this.equivalenceClass = equivalenceClass;
        this.state = state;
        this.mode = mode;
        this.penaltyPercent = penaltyPercent;
        slowness = Score.slowness(penaltyPercent, state.speed());
    }

    /** Whether more may start on the worker than before the last cycle, and not all jobs of the equivalence class have been tried on it. */
    public boolean isFreed() {
        return freed;
    }

    /** Notes that more may start; returns whether that is new. */
    boolean markFreed() {
        boolean before = freed;
        freed = true;
        return !before;
    }

    /** Notes that nothing more may start than before. */
    void settle() {
        freed = false;
    }
}
