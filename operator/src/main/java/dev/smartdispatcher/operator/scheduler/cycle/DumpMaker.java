package dev.smartdispatcher.operator.scheduler.cycle;

import dev.smartdispatcher.operator.scheduler.cycle.SchedulerDump.ClaimDump;
import dev.smartdispatcher.operator.scheduler.cycle.SchedulerDump.JobDump;
import dev.smartdispatcher.operator.scheduler.cycle.SchedulerDump.ReservationDump;
import dev.smartdispatcher.operator.scheduler.cycle.SchedulerDump.TenantDump;
import dev.smartdispatcher.operator.scheduler.cycle.SchedulerDump.WorkerDump;
import dev.smartdispatcher.operator.scheduler.fairshare.FairShareOrder;
import dev.smartdispatcher.operator.scheduler.index.WorkerState;
import dev.smartdispatcher.operator.scheduler.index.WorkerStates;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.queue.QueuedJob;
import dev.smartdispatcher.operator.scheduler.queue.SchedulingQueue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Makes dumps, and changes nothing. */
final class DumpMaker {
    private final WorkerStates states;
    private final SchedulingQueue queue;
    private final Reservations reservations;

    DumpMaker(WorkerStates states, SchedulingQueue queue, Reservations reservations) {
        this.states = states;
        this.queue = queue;
        this.reservations = reservations;
    }

    /**
     * @param jobs the jobs' namespaces and names by their UIDs
     * @param beyondIntake number of jobs of a tenant that the scheduler does not know
     */
    SchedulerDump dump(
            DumpWindow window,
            Function<String, Optional<String>> jobs,
            ToIntFunction<String> beyondIntake,
            Instant now) {
        return new SchedulerDump(
                now,
                queue.all().size(),
                states.all().size(),
                queue.tenants().poorestFirst().stream()
                        .limit(window.limit())
                        .map(t -> new TenantDump(
                                t.name(),
                                t.jobs(),
                                t.chargedMillis(),
                                t.usage().cpuSeconds(),
                                t.mayStart(),
                                t.published().map(hold -> hold.reason()),
                                beyondIntake.applyAsInt(t.name())))
                        .toList(),
                queue(window),
                states.all().stream()
                        .sorted(Comparator.comparing((WorkerState state) -> state.name()))
                        .skip(window.workersFrom())
                        .limit(window.limit())
                        .map(state -> worker(state, jobs))
                        .toList(),
                reservations());
    }

    private List<JobDump> queue(DumpWindow window) {
        int end = window.queueFrom() + window.limit();
        var found = new ArrayList<JobDump>();
        var passed = new HashSet<String>();
        var order = fairShareOrder();
        for (int at = 0; at < end; at++) {
            var next = order.next().map(job -> queue.queued(job.key().uid()));
            if (next.isEmpty()) {
                addOthers(found, passed, window);
                break;
            }
            passed.add(next.get().uid());
            if (at >= window.queueFrom()) {
                found.add(job(next.get(), at, true));
            }
        }
        return found;
    }

    private FairShareOrder fairShareOrder() {
        var order = new FairShareOrder(queue.tenants().shares());
        for (var tenant : queue.tenants().all()) {
            if (!tenant.isHeld()) {
                order.add(
                        tenant.name(),
                        tenant.jobs(),
                        tenant.chargedMillis(),
                        tenant.usage().cpuSeconds(),
                        queue.line(tenant));
            }
        }
        return order;
    }

    private void addOthers(List<JobDump> found, HashSet<String> passed, DumpWindow window) {
        int at = passed.size();
        for (var queued : queue.all()) {
            if (found.size() == window.limit()) {
                return;
            }
            if (!passed.contains(queued.uid())) {
                if (at >= window.queueFrom()) {
                    found.add(job(queued, at, false));
                }
                at++;
            }
        }
    }

    private static JobDump job(QueuedJob queued, int position, boolean inOrder) {
        var job = queued.job();
        return new JobDump(
                position,
                job.key().toString(),
                queued.uid(),
                job.attempt(),
                job.priority(),
                job.since(),
                job.envelope().least(),
                job.envelope().smallest(),
                inOrder,
                Optional.ofNullable(queued.publishedReason()),
                queued.publishedStart());
    }

    private static WorkerDump worker(WorkerState state, Function<String, Optional<String>> jobs) {
        var worker = Optional.ofNullable(state.worker());
        return new WorkerDump(
                state.name(),
                state.isOpen(),
                worker.flatMap(Worker::closed),
                worker.map(Worker::hostArch),
                worker.map(Worker::budget),
                state.free(),
                worker.map(Worker::othersMillis).orElse(0L),
                Optional.ofNullable(state.reserved())
                        .map(reserved -> reserved.reservation().job().key().toString()),
                state.claims().stream()
                        .sorted(Comparator.comparing((Claim c) -> c.id().jobUid())
                                .thenComparing(c -> c.id().number()))
                        .map(claim -> new ClaimDump(
                                jobs.apply(claim.id().jobUid()),
                                claim.id().jobUid(),
                                claim.id().number(),
                                claim.tenant(),
                                claim.room(),
                                claim.end()))
                        .toList());
    }

    private List<ReservationDump> reservations() {
        return reservations.terms().entrySet().stream()
                .map(entry -> {
                    var term = entry.getValue();
                    var reservation = reservations.of(entry.getKey());
                    return new ReservationDump(
                            queue.queued(entry.getKey()).job().key().toString(),
                            term.worker(),
                            term.resting(),
                            reservation.map(r -> r.need()),
                            reservation.flatMap(r -> r.start()),
                            term.since(),
                            term.until(),
                            term.span());
                })
                .sorted(Comparator.comparing(ReservationDump::job))
                .toList();
    }
}
