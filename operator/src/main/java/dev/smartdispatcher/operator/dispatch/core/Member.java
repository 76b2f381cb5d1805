package dev.smartdispatcher.operator.dispatch.core;

import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.dispatch.match.Match;

/** A worker that can serve a demand, and how. */
record Member(Demand demand, Slot slot, Match match, Mode mode, int penaltyPercent) {}
