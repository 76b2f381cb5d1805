package dev.smartdispatcher.operator.scheduler.model;

/**
 * An amount of a worker: CPU in millicores, memory and disk in bytes, and a number of jobs. Used for budgets, for what is
 * free (which may be negative after a budget fell) and for what a job needs.
 */
public record Room(long cpuMillis, long memory, long disk, int jobs) {
    public static final Room NONE = new Room(0, 0, 0, 0);

    public Room plus(Room other) {
        return new Room(cpuMillis + other.cpuMillis, memory + other.memory, disk + other.disk, jobs + other.jobs);
    }

    public Room minus(Room other) {
        return new Room(cpuMillis - other.cpuMillis, memory - other.memory, disk - other.disk, jobs - other.jobs);
    }

    /** The same for another number of jobs. */
    public Room withJobs(int number) {
        return new Room(cpuMillis, memory, disk, number);
    }

    /** The larger of the two in each dimension. */
    public Room max(Room other) {
        return new Room(
                Math.max(cpuMillis, other.cpuMillis),
                Math.max(memory, other.memory),
                Math.max(disk, other.disk),
                Math.max(jobs, other.jobs));
    }

    /** The smaller of the two in each dimension. */
    public Room min(Room other) {
        return new Room(
                Math.min(cpuMillis, other.cpuMillis),
                Math.min(memory, other.memory),
                Math.min(disk, other.disk),
                Math.min(jobs, other.jobs));
    }

    /** Whether {@code need} fits into this in every dimension. */
    public boolean fits(Room need) {
        return need.cpuMillis <= cpuMillis && need.memory <= memory && need.disk <= disk && need.jobs <= jobs;
    }
}
