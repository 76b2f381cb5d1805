package dev.smartdispatcher.operator.scheduler.index;

import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.placement.WorkerSnapshot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A worker's name with the worker, once that is known, and what is claimed there, whether it is known or not. */
public final class WorkerState {
    public final String name;
    public final Map<Claim.AttemptId, Claim> claims = new HashMap<>();
    /** The equivalence classes that the worker can serve. */
    final List<Candidate> candidates = new ArrayList<>();
    /** The numbers of these equivalence classes. */
    final BitSet served = new BitSet();
    /** Null while the worker is not there. */
    public Worker worker;
    /** Whether the worker is there and takes jobs. */
    public boolean open;
    /** See {@link #stays()}; unpacked. */
    boolean stays;
    /** Null if no room is reserved here. */
    public WorkerSnapshot.Kept reserved;

    WorkerClass workerClass = WorkerClass.NONE;

    public Room free = Room.NONE;
    /** The free room less the CPU that others use of it, which may be negative. */
    public Room idle = Room.NONE;

    public long freeCpu;
    public long freeMemory;
    public long freeDisk;
    public int freeJobs;
    /** Its place among all names in order. */
    public int order;
    /** Of the worker, unpacked. */
    int speed;

    public long strength;

    WorkerState(String name) {
        this.name = name;
    }

    /** Whether it takes jobs, and is not known to stop. */
    public boolean stays() {
        return stays;
    }

    /** The worker can serve an equivalence class. */
    void add(Candidate candidate) {
        candidates.add(candidate);
        served.set(candidate.equivalenceClass.id);
    }

    /** Nobody asks by these equivalence classes any more. */
    void forget(Set<EquivalenceClass> equivalenceClasses) {
        candidates.removeIf(m -> equivalenceClasses.contains(m.equivalenceClass));
        equivalenceClasses.forEach(equivalenceClass -> served.clear(equivalenceClass.id));
    }

    /** Which equivalence classes the worker can serve is not known any more. */
    void forget() {
        candidates.clear();
        served.clear();
    }

    /** CPU that waiting jobs can hope for. */
    long offeredCpu() {
        return open ? Math.max(0, freeCpu) : 0;
    }

    /** CPU that jobs could have if none ran. */
    public long budgetCpu() {
        return open ? worker.budget().cpuMillis() : 0;
    }

    void setFree(Room room) {
        free = room;
        idle = worker == null ? room : room.minus(new Room(worker.othersMillis(), 0, 0, 0));
        freeCpu = room.cpuMillis();
        freeMemory = room.memory();
        freeDisk = room.disk();
        freeJobs = room.jobs();
    }

    public boolean fits(long cpu, long memory, long disk) {
        return cpu <= freeCpu && memory <= freeMemory && disk <= freeDisk && freeJobs >= 1;
    }

    Room claimed() {
        return claims.values().stream().map(Claim::room).reduce(Room.NONE, Room::plus);
    }

    public WorkerSnapshot host() {
        return new WorkerSnapshot(worker, free, Optional.ofNullable(reserved));
    }
}
