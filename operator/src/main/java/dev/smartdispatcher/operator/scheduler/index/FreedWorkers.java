package dev.smartdispatcher.operator.scheduler.index;

import dev.smartdispatcher.operator.scheduler.admission.LargestNeed;
import dev.smartdispatcher.operator.scheduler.admission.RefusedNeeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Those workers of an equivalence class on which more may start than before the last cycle, until all of its jobs have been tried on them. */
public final class FreedWorkers {
    /** What so many have is measured again whenever one of them has less. */
    private static final int FEW = 64;
    /** So many are looked at one by one. */
    private static final int VERY_FEW = 4;

    private final List<Candidate> candidates = new ArrayList<>();
    /** Upper bounds of what is free on any of them. */
    private final LargestNeed most = new LargestNeed();

    private final RefusedNeeds refusals = new RefusedNeeds();
    /** Whether they have less than their bound says. */
    private boolean shrunk;

    /** The workers, in no order. */
    public List<Candidate> candidates() {
        return Collections.unmodifiableList(candidates);
    }

    /** More may start on a worker than before. */
    void add(Candidate candidate) {
        var free = candidate.state.free();
        most.raise(free.cpuMillis(), free.memory(), free.disk());
        refusals.freed(free.cpuMillis(), free.memory(), free.disk());
        if (candidate.markFreed()) {
            candidates.add(candidate);
        }
    }

    /** Nothing is known of a worker for now. */
    void remove(Candidate candidate) {
        candidate.settle();
        candidates.remove(candidate);
    }

    /** All jobs have been tried on them. */
    void settle() {
        candidates.forEach(Candidate::settle);
        candidates.clear();
        most.clear();
        refusals.clear();
    }

    /** Less is free on a worker than before, which may be one of them. */
    void shrunk() {
        shrunk = true;
    }

    /** False if none of them takes anybody who needs so much for so long. */
    public boolean mayTake(long cpu, long memory, long disk, long length) {
        if (candidates.isEmpty()) {
            return false;
        }
        if (shrunk && candidates.size() <= FEW) {
            measure();
        }
        return most.covers(cpu, memory, disk)
                && !refusals.cover(cpu, memory, disk, length)
                && (candidates.size() > VERY_FEW || fits(cpu, memory, disk));
    }

    private boolean fits(long cpu, long memory, long disk) {
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.get(i).state.fits(cpu, memory, disk)) {
                return true;
            }
        }
        return false;
    }

    /** What all of them have refused. */
    public RefusedNeeds refusals() {
        return refusals;
    }

    /** Determines how much is free on any of them. */
    public void measure() {
        most.clear();
        for (int i = 0; i < candidates.size(); i++) {
            var state = candidates.get(i).state;
            if (state.freeJobs() > 0) {
                most.raise(state.freeCpu(), state.freeMemory(), state.freeDisk());
            }
        }
        shrunk = false;
    }
}
