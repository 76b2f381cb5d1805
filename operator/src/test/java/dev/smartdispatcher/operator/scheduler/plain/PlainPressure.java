package dev.smartdispatcher.operator.scheduler.plain;

import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.sizing.Pressure;
import java.util.stream.Stream;

/** How the waiting jobs press on workers, counted anew whenever it is asked for. */
record PlainPressure(Queues queues, Fleet fleet, Tenants tenants, PlainCounted counted, Hosts hosts) {

    long price(Worker worker) {
        return kindsFor(worker)
                .mapToLong(kind -> Pressure.of(pressing(kind), budgetFor(kind)))
                .sum();
    }

    long budgetFor(Requirements kind) {
        return fleet.workers().stream()
                .filter(w -> hosts.takes(w, kind))
                .mapToLong(w -> w.budget().cpuMillis())
                .sum();
    }

    long pressure(Worker worker) {
        return kindsFor(worker)
                .mapToLong(kind -> Pressure.of(pressing(kind), freeFor(kind)))
                .sum();
    }

    private Stream<Requirements> kindsFor(Worker worker) {
        return queues.waiting().map(hosts.limits()::kind).distinct().filter(kind -> hosts.takes(worker, kind));
    }

    /** The jobs of a kind that could start if there were room, each tenant's no more than its limit and what is counted allow it. */
    private long pressing(Requirements kind) {
        return queues.tenants().stream()
                .mapToLong(tenant -> Math.min(
                        tenants.startable(tenant),
                        queues.of(tenant).stream()
                                .filter(j -> hosts.limits().kind(j).equals(kind) && queues.isHostable(j))
                                .count()))
                .map(n -> Math.max(0, Math.min(n, counted.startable(kind))))
                .sum();
    }

    long freeFor(Requirements kind) {
        return fleet.workers().stream()
                .filter(w -> hosts.takes(w, kind))
                .mapToLong(w -> Math.max(0, fleet.free(w).cpuMillis()))
                .sum();
    }
}
