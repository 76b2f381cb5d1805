package dev.smartdispatcher.operator.dispatch.core;

import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.dispatch.match.Match;

/** A worker that can serve a demand, and how. */
final class Member {
    final Demand demand;
    final Slot slot;
    final Match match;
    final Mode mode;
    /** Of the mode, in percent of the native time. */
    final int penaltyPercent;
    /** Whether it is among the demand's grown ones. */
    boolean grown;

    Member(Demand demand, Slot slot, Match match, Mode mode, int penaltyPercent) {
        this.demand = demand;
        this.slot = slot;
        this.match = match;
        this.mode = mode;
        this.penaltyPercent = penaltyPercent;
    }
}
