package dev.smartdispatcher.operator.dispatch.index;

import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.dispatch.match.Match;
import dev.smartdispatcher.operator.dispatch.pass.Preference;

/** A worker that can serve a demand, and how. */
public final class Member {
    final Demand demand;
    public final Slot slot;
    public final Match match;
    public final Mode mode;
    /** Of the mode, in percent of the native time. */
    public final int penaltyPercent;
    /** See {@link Preference#slowness}. */
    public final double slowness;
    /** Whether it is among the demand's grown ones. */
    public boolean grown;

    Member(Demand demand, Slot slot, Match match, Mode mode, int penaltyPercent) {
        this.demand = demand;
        this.slot = slot;
        this.match = match;
        this.mode = mode;
        this.penaltyPercent = penaltyPercent;
        slowness = Preference.slowness(penaltyPercent, slot.speed);
    }
}
