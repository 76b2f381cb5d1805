package dev.smartdispatcher.operator.dispatch.index;

import dev.smartdispatcher.operator.dispatch.bound.Bound;
import dev.smartdispatcher.operator.dispatch.bound.Refusals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Those workers of a demand on which more may start than before the last round, until all of its jobs have been tried on them. */
public final class Grown {
    /** What so many have is measured again whenever one of them has less. */
    private static final int FEW = 64;
    /** So many are looked at one by one. */
    private static final int VERY_FEW = 4;

    private final List<Member> members = new ArrayList<>();
    /** Upper bounds of what is free on any of them. */
    private final Bound most = new Bound();

    private final Refusals refusals = new Refusals();
    /** Whether they have less than their bound says. */
    private boolean shrunk;

    /** The workers, in no order. */
    public List<Member> members() {
        return Collections.unmodifiableList(members);
    }

    /** More may start on a worker than before. */
    void add(Member member) {
        var free = member.slot.free;
        most.raise(free.cpuMillis(), free.memory(), free.disk());
        refusals.grown(free.cpuMillis(), free.memory(), free.disk());
        if (!member.grown) {
            member.grown = true;
            members.add(member);
        }
    }

    /** Nothing is known of a worker for now. */
    void remove(Member member) {
        member.grown = false;
        members.remove(member);
    }

    /** All jobs have been tried on them. */
    void settle() {
        members.forEach(m -> m.grown = false);
        members.clear();
        most.clear();
        refusals.clear();
    }

    /** Less is free on a worker than before, which may be one of them. */
    void shrunk() {
        shrunk = true;
    }

    /** False if none of them takes anybody who needs so much for so long. */
    boolean mayTake(long cpu, long memory, long disk, long length) {
        if (members.isEmpty()) {
            return false;
        }
        if (shrunk && members.size() <= FEW) {
            measure();
        }
        return most.covers(cpu, memory, disk)
                && !refusals.cover(cpu, memory, disk, length)
                && (members.size() > VERY_FEW || fits(cpu, memory, disk));
    }

    private boolean fits(long cpu, long memory, long disk) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).slot.fits(cpu, memory, disk)) {
                return true;
            }
        }
        return false;
    }

    /**
     * All of them have refused an entry.
     *
     * @param forRoom whether none had the room
     */
    public void refuse(Entry entry, boolean forRoom) {
        entry.refused(refusals, forRoom);
        if (forRoom) {
            measure();
        }
    }

    private void measure() {
        most.clear();
        for (int i = 0; i < members.size(); i++) {
            var slot = members.get(i).slot;
            if (slot.freeJobs > 0) {
                most.raise(slot.freeCpu, slot.freeMemory, slot.freeDisk);
            }
        }
        shrunk = false;
    }
}
