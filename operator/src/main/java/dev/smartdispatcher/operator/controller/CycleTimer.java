package dev.smartdispatcher.operator.controller;

import dev.smartdispatcher.operator.scheduler.cycle.CyclePhase;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The time that one scheduling cycle takes, by phase. A phase that comes several times counts as the sum. For one thread. */
public final class CycleTimer implements CyclePhase.Listener {
    private final LongSupplier nanoTime;
    private final Map<CyclePhase, Long> nanos = new EnumMap<>(CyclePhase.class);
    private long last;

    /**
     * The cycle begins.
     *
     * @param nanoTime as {@link System#nanoTime}
     */
    public CycleTimer(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        last = nanoTime.getAsLong();
    }

    @Override
    public void finished(CyclePhase phase) {
        long now = nanoTime.getAsLong();
        nanos.merge(phase, now - last, Long::sum);
        last = now;
    }

    /** Nanoseconds of each phase that the cycle went through so far. */
    public Map<CyclePhase, Long> nanos() {
        return nanos;
    }
}
