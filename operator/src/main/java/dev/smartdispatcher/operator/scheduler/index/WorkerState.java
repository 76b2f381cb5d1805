package dev.smartdispatcher.operator.scheduler.index;

import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.placement.WorkerSnapshot;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A worker's name with the worker, once that is known, and what is claimed and reserved there, whether it is known or not. Only
 * {@link WorkerStates} changes it, so that the equivalence classes learn of it; but for the reservation.
 */
public final class WorkerState {
    private final String name;
    private final Map<Claim.AttemptId, Claim> claims = new HashMap<>();
    /** The equivalence classes that the worker can serve. */
    private final List<Candidate> candidates = new ArrayList<>();
    /** The numbers of these equivalence classes. */
    private final BitSet served = new BitSet();
    /** Null while the worker is not there. */
    private Worker worker;

    private boolean open;
    private boolean stays;
    /** Null if no room is reserved here. */
    private WorkerSnapshot.Reserved reserved;

    private WorkerClass workerClass = WorkerClass.NONE;
    private Room free = Room.NONE;
    private Room idle = Room.NONE;
    /** The free room, unpacked. */
    private long freeCpu;

    private long freeMemory;
    private long freeDisk;
    private int freeJobs;
    private int order;
    /** Of the worker, unpacked. */
    private int speed;

    private long strength;

    WorkerState(String name) {
        this.name = name;
    }

    /** The worker is this one now, or is not there. */
    void set(Optional<Worker> now) {
        worker = now.orElse(null);
        open = now.filter(w -> w.closed().isEmpty()).isPresent();
        stays = open && worker.endBy().isEmpty();
        speed = now.map(Worker::speed).orElse(0);
        strength = now.map(Worker::strength).orElse(0L);
        setFree(now.map(w -> w.budget().minus(claimed())).orElse(Room.NONE));
    }

    /** The worker differs in its non-build usage only. */
    void use(Worker now) {
        worker = now;
        setFree(free);
    }

    /** An attempt takes this room now; returns the room that it took before. */
    Room claim(Claim claim) {
        var before = claims.put(claim.id(), claim);
        var room = before == null ? Room.NONE : before.room();
        change(room, claim.room());
        return room;
    }

    /** An attempt takes no room any more; returns what it took. */
    Optional<Claim> release(Claim.AttemptId attempt) {
        var before = Optional.ofNullable(claims.remove(attempt));
        before.ifPresent(claim -> change(claim.room(), Room.NONE));
        return before;
    }

    private void change(Room before, Room after) {
        if (worker != null && !before.equals(after)) {
            setFree(free.plus(before).minus(after));
        }
    }

    private void setFree(Room room) {
        free = room;
        idle = worker == null ? room : room.minus(new Room(worker.othersMillis(), 0, 0, 0));
        freeCpu = room.cpuMillis();
        freeMemory = room.memory();
        freeDisk = room.disk();
        freeJobs = room.jobs();
    }

    private Room claimed() {
        return claims.values().stream().map(Claim::room).reduce(Room.NONE, Room::plus);
    }

    /** Room is reserved on the worker, in place of what was. */
    public void reserve(WorkerSnapshot.Reserved reservation) {
        reserved = reservation;
    }

    /** No room is reserved on the worker any more. */
    public void releaseReservation() {
        reserved = null;
    }

    /** The worker can serve an equivalence class. */
    void add(Candidate candidate) {
        candidates.add(candidate);
        served.set(candidate.equivalenceClass.id());
    }

    /** No job is in these equivalence classes any more. */
    void forget(Set<EquivalenceClass> equivalenceClasses) {
        candidates.removeIf(m -> equivalenceClasses.contains(m.equivalenceClass));
        equivalenceClasses.forEach(equivalenceClass -> served.clear(equivalenceClass.id()));
    }

    /** Which equivalence classes the worker can serve is not known any more. */
    void forgetCandidates() {
        candidates.clear();
        served.clear();
    }

    /** Sets the worker's class, and its place among all names in order. */
    void classify(WorkerClass newClass, int place) {
        workerClass = newClass;
        order = place;
    }

    public String name() {
        return name;
    }

    /** Null while the worker is not there. */
    public Worker worker() {
        return worker;
    }

    /** What attempts take of the worker. */
    public Collection<Claim> claims() {
        return Collections.unmodifiableCollection(claims.values());
    }

    /** What an attempt takes of the worker; null if nothing. */
    public Claim claim(Claim.AttemptId attempt) {
        return claims.get(attempt);
    }

    /**
     * How much more jobs could have if each attempt took nothing, by attempt. Where the budget fell below what is claimed, the room of an
     * attempt covers that first. Empty if the worker takes no jobs.
     */
    public Map<Claim.AttemptId, Room> reclaimable() {
        var reclaimable = new HashMap<Claim.AttemptId, Room>();
        if (open) {
            var had = free.max(Room.NONE);
            claims.forEach((attempt, claim) -> reclaimable.put(
                    attempt, free.plus(claim.room()).max(Room.NONE).minus(had)));
        }
        return reclaimable;
    }

    boolean isUnknown() {
        return worker == null && claims.isEmpty();
    }

    /** Whether the worker is there and takes jobs. */
    public boolean isOpen() {
        return open;
    }

    /** Whether it takes jobs, and is not known to stop. */
    public boolean stays() {
        return stays;
    }

    /** The room that is reserved here; null if none is. */
    public WorkerSnapshot.Reserved reserved() {
        return reserved;
    }

    /** What is left of the budget; negative where that fell below what is claimed. */
    public Room free() {
        return free;
    }

    /** The free room less the CPU that non-build usage takes of it, which may be negative. */
    public Room idle() {
        return idle;
    }

    /** Millicores. */
    public long freeCpu() {
        return freeCpu;
    }

    /** Bytes. */
    public long freeMemory() {
        return freeMemory;
    }

    /** Bytes. */
    public long freeDisk() {
        return freeDisk;
    }

    public int freeJobs() {
        return freeJobs;
    }

    /** Whether so much is free, and one more job may run. */
    public boolean fits(long cpu, long memory, long disk) {
        return cpu <= freeCpu && memory <= freeMemory && disk <= freeDisk && freeJobs >= 1;
    }

    /** Whether the worker takes jobs, and could take this one if it were empty. */
    public boolean hosts(Envelope envelope) {
        return open && envelope.misfit(worker.budget()).isEmpty();
    }

    /** The N up to a goal that a job could begin with if the worker were empty; 0 if it could not begin or the worker is known to stop. */
    public int standing(Envelope envelope, int goal) {
        return stays ? Math.min(goal, envelope.largestIn(worker.budget())) : 0;
    }

    /** Its place among all names in order. */
    public int order() {
        return order;
    }

    int speed() {
        return speed;
    }

    /** See {@link Worker#strength}; 0 while the worker is not there. */
    public long strength() {
        return strength;
    }

    /** The equivalence classes that the worker can serve, and how. */
    List<Candidate> candidates() {
        return candidates;
    }

    /** The equivalence classes that the worker can serve. */
    public List<EquivalenceClass> equivalenceClasses() {
        return candidates.stream().map(m -> m.equivalenceClass).toList();
    }

    /** The numbers of these equivalence classes. */
    BitSet served() {
        return served;
    }

    WorkerClass workerClass() {
        return workerClass;
    }

    /** CPU that waiting jobs can hope for. */
    long offeredCpu() {
        return open ? Math.max(0, freeCpu) : 0;
    }

    /** CPU that jobs could have if none ran. */
    public long budgetCpu() {
        return open ? worker.budget().cpuMillis() : 0;
    }

    /** As it is now. */
    public WorkerSnapshot snapshot() {
        return new WorkerSnapshot(worker, free, Optional.ofNullable(reserved));
    }
}
