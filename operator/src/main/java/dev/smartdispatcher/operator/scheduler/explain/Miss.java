package dev.smartdispatcher.operator.scheduler.explain;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.model.Room;
import java.util.Comparator;

/**
 * One thing that keeps a worker from taking a job: were it otherwise, the job would start there, if it came first.
 *
 * @param reason what it is
 * @param shortage by how much more the worker would have to have free; nothing where it is no amount
 * @param distance the largest part of what the job needs that is missing, 0 to 1 and more; where it is no amount, 0
 */
public record Miss(String worker, Reason reason, Room shortage, double distance) {
    /** What only has to be waited for before what somebody has to change, then the least that is missing, then the name. */
    static final Comparator<Miss> NEAREST = Comparator.comparingInt((Miss m) -> m.rank())
            .thenComparingDouble(Miss::distance)
            .thenComparing(Miss::worker);

    /** The amount that is short where a job needs more than is free. */
    static Miss of(String worker, Reason reason, Room need, Room free) {
        var shortage = need.minus(free).max(Room.NONE);
        var distance = distance(need, free.cpuMillis(), free.memory(), free.disk(), free.jobs());
        return new Miss(worker, reason, shortage, distance);
    }

    /** The largest part of what is needed that is not free, from 0 to 1, or more if less than nothing is free. */
    public static double distance(Room need, long freeCpuMillis, long freeMemory, long freeDisk, int freeJobs) {
        return Math.max(
                Math.max(part(need.cpuMillis(), freeCpuMillis), part(need.memory(), freeMemory)),
                Math.max(part(need.disk(), freeDisk), part(need.jobs(), freeJobs)));
    }

    private static double part(long need, long free) {
        if (need <= free) {
            return 0;
        }
        return need == 0 ? 1 : (double) (need - free) / need;
    }

    private int rank() {
        return switch (reason) {
            case NoRoom -> 0;
            case Reserved, BackingOff -> 1;
            case TooLittleCpu, TooLittleMemory, TooLittleDisk, TooLittleFreeDisk, TooFewJobs -> 3;
            case WrongMode, WrongCpuFlags, WrongKernel, WrongIsolation, TooSlow, SelectorMismatch, TooFewInodes -> 4;
            default -> 2;
        };
    }
}
