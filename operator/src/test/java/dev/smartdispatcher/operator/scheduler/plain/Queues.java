package dev.smartdispatcher.operator.scheduler.plain;

import dev.smartdispatcher.operator.scheduler.job.JobKey;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.job.QueueOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The waiting jobs, each with the smallest N with which it begins. Jobs leave while a scheduling cycle places them. */
final class Queues {
    /** By tenant, in the tenant's order. */
    private final TreeMap<String, List<PendingJob>> queues = new TreeMap<>();

    private final List<PendingJob> pending;
    private final Set<JobKey> hostable;

    Queues(List<PendingJob> stated, Hosts hosts) {
        pending = stated.stream().map(hosts::standing).toList();
        hostable = pending.stream().filter(hosts::anyFor).map(PendingJob::key).collect(Collectors.toSet());
        pending.stream().sorted(QueueOrder.BY_RANK).forEach(job -> queues.computeIfAbsent(
                        job.tenant(), t -> new ArrayList<>())
                .add(job));
    }

    /** All that waited when the scheduling cycle began, in the order in which they were given. */
    List<PendingJob> pending() {
        return pending;
    }

    /** The tenants that had waiting jobs when the scheduling cycle began, by name. */
    Set<String> tenants() {
        return queues.keySet();
    }

    /** The jobs of a tenant that wait, in its order. */
    List<PendingJob> of(String tenant) {
        return queues.get(tenant);
    }

    /** All jobs that wait. */
    Stream<PendingJob> waiting() {
        return queues.values().stream().flatMap(List::stream);
    }

    /** Whether some open worker could host the job if it were empty. */
    boolean isHostable(PendingJob job) {
        return hostable.contains(job.key());
    }

    /** The job waits no more. */
    void remove(PendingJob job) {
        queues.get(job.tenant()).remove(job);
    }
}
