package dev.smartdispatcher.operator.dispatch.sizing;

import dev.smartdispatcher.operator.dispatch.fleet.Fleet;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.match.Matcher;
import dev.smartdispatcher.operator.dispatch.match.Requirements;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many waiting jobs press on each free core of a worker. The jobs of one set of requirements spread over all workers
 * that could take them, in proportion to the CPU that is free there; so a worker's pressure is the sum, over the
 * requirements it satisfies, of (jobs not placed yet) / (CPU free on all workers that could take them), in jobs per
 * millicore. Kept up to date while a pass places jobs.
 */
public final class Pressure {
    private final Map<Requirements, Demand> demands = new HashMap<>();

    /** Counts the waiting jobs and the free CPU of open workers. */
    public Pressure(Collection<Requirements> waiting, Fleet fleet, Matcher matcher) {
        waiting.forEach(r -> demands.computeIfAbsent(r, x -> new Demand()).jobs++);
        demands.forEach((requirements, demand) -> {
            for (var worker : fleet.workers()) {
                if (worker.closed().isEmpty()
                        && matcher.match(requirements, worker).mode().isPresent()) {
                    demand.workers.add(worker.name());
                    demand.freeMillis += Math.max(0, fleet.free(worker).cpuMillis());
                }
            }
        });
    }

    /** A job of these requirements was looked at: it does not press any more, whether it was placed or not. */
    public void settled(Requirements requirements) {
        demands.get(requirements).jobs--;
    }

    /** CPU of a worker was given away. */
    public void taken(Worker worker, long cpuMillis) {
        for (var demand : demands.values()) {
            if (demand.workers.contains(worker.name())) {
                demand.freeMillis -= cpuMillis;
            }
        }
    }

    /** The CPU, in millicores, that is one waiting job's fair part of a worker: everything free there if few press. */
    public double shareOf(Worker worker, long freeMillis) {
        double pressure = 0;
        for (var demand : demands.values()) {
            if (demand.jobs > 0 && demand.freeMillis > 0 && demand.workers.contains(worker.name())) {
                pressure += (double) demand.jobs / demand.freeMillis;
            }
        }
        return pressure * freeMillis <= 1 ? freeMillis : 1 / pressure;
    }

    private static final class Demand {
        private int jobs;
        private long freeMillis;
        private final Set<String> workers = new HashSet<>();
    }
}
