package dev.smartdispatcher.operator.dispatch.pass.plain;

import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.match.Requirements;
import dev.smartdispatcher.operator.dispatch.queue.JobKey;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import dev.smartdispatcher.operator.dispatch.sizing.Pressure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * How the waiting jobs press on workers, counted anew whenever it is asked for.
 *
 * @param hostable jobs that some open worker could host if it were empty
 * @param takes whether a worker is open and can serve requirements
 */
record PlainPressure(
        Map<String, List<PendingJob>> queues,
        Fleet fleet,
        Tenants tenants,
        Set<JobKey> hostable,
        BiPredicate<Worker, Requirements> takes) {

    long price(Worker worker) {
        return queues.values().stream()
                .flatMap(List::stream)
                .map(PendingJob::requirements)
                .distinct()
                .filter(kind -> takes.test(worker, kind))
                .mapToLong(kind -> Pressure.of(pressing(kind), budgetFor(kind)))
                .sum();
    }

    long budgetFor(Requirements kind) {
        return fleet.workers().stream()
                .filter(w -> takes.test(w, kind))
                .mapToLong(w -> w.budget().cpuMillis())
                .sum();
    }

    long pressure(Worker worker) {
        var kinds = queues.values().stream()
                .flatMap(List::stream)
                .map(PendingJob::requirements)
                .distinct()
                .toList();
        return kinds.stream()
                .filter(kind -> takes.test(worker, kind))
                .mapToLong(kind -> Pressure.of(pressing(kind), freeFor(kind)))
                .sum();
    }

    /** The jobs of a kind that could start if there were room, each tenant's no more than its limit allows it. */
    private long pressing(Requirements kind) {
        return queues.entrySet().stream()
                .mapToLong(e -> Math.min(
                        tenants.startable(e.getKey()),
                        e.getValue().stream()
                                .filter(j -> j.requirements().equals(kind) && hostable.contains(j.key()))
                                .count()))
                .map(n -> Math.max(0, n))
                .sum();
    }

    long freeFor(Requirements kind) {
        return fleet.workers().stream()
                .filter(w -> takes.test(w, kind))
                .mapToLong(w -> Math.max(0, fleet.free(w).cpuMillis()))
                .sum();
    }
}
