package dev.smartdispatcher.operator.dispatch.pass;

import dev.smartdispatcher.api.job.JobIsolation;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** A worker with one thing about it that is other than before. */
public final class Altered {
    private Altered() {}

    public static Worker host(Worker w, Architecture host, Map<Architecture, Mode> targets) {
        return new Worker(
                w.name(),
                host,
                targets,
                w.isolation(),
                w.cpuFlags(),
                w.kernel(),
                w.measuredSpeed(),
                w.freeInodes(),
                w.labels(),
                w.budget(),
                w.closed(),
                w.endBy(),
                w.othersMillis());
    }

    public static Worker isolation(Worker w, Set<JobIsolation> isolation) {
        return facts(w, isolation, w.cpuFlags(), w.kernel(), w.measuredSpeed(), w.freeInodes(), w.labels());
    }

    public static Worker flags(Worker w, Set<String> flags) {
        return facts(w, w.isolation(), flags, w.kernel(), w.measuredSpeed(), w.freeInodes(), w.labels());
    }

    public static Worker kernel(Worker w, Worker.Kernel kernel) {
        return facts(w, w.isolation(), w.cpuFlags(), kernel, w.measuredSpeed(), w.freeInodes(), w.labels());
    }

    public static Worker speed(Worker w, OptionalInt speed) {
        return facts(w, w.isolation(), w.cpuFlags(), w.kernel(), speed, w.freeInodes(), w.labels());
    }

    public static Worker inodes(Worker w, long free) {
        return facts(w, w.isolation(), w.cpuFlags(), w.kernel(), w.measuredSpeed(), free, w.labels());
    }

    public static Worker labels(Worker w, Map<String, String> labels) {
        return facts(w, w.isolation(), w.cpuFlags(), w.kernel(), w.measuredSpeed(), w.freeInodes(), labels);
    }

    private static Worker facts(
            Worker w,
            Set<JobIsolation> isolation,
            Set<String> flags,
            Worker.Kernel kernel,
            OptionalInt speed,
            long inodes,
            Map<String, String> labels) {
        return new Worker(
                w.name(),
                w.hostArch(),
                w.targets(),
                isolation,
                flags,
                kernel,
                speed,
                inodes,
                labels,
                w.budget(),
                w.closed(),
                w.endBy(),
                w.othersMillis());
    }
}
