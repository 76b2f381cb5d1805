package dev.smartdispatcher.operator.dispatch.core;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.operator.dispatch.fleet.Claim;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.pass.Pass;
import dev.smartdispatcher.operator.dispatch.pass.Snapshot;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import dev.smartdispatcher.operator.dispatch.share.Shares;
import dev.smartdispatcher.operator.dispatch.share.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The dispatch core: remembers workers, waiting jobs and claims, is told what changes, and decides who starts where. What is
 * told happens at the time of the last {@link #advance}. Not safe for use by several threads.
 */
public final class Dispatcher {
    private final Map<String, Worker> workers = new HashMap<>();
    private final Map<String, PendingJob> pending = new HashMap<>();
    private final Map<Place, Claim> claims = new HashMap<>();
    private final Map<String, Usage> usage = new TreeMap<>();
    private Map<Reason, Integer> unknown = Map.of();
    private Map<String, String> reserved = Map.of();
    private ModePenalty penalty = ModePenalty.STANDARD;
    private Shares shares = Shares.STANDARD;
    private Instant now;

    private record Place(Claim.AttemptId id, String worker) {}

    public Dispatcher(Instant now) {
        this.now = now;
    }

    /** The policy from now on. */
    public void rules(ModePenalty newPenalty, Shares newShares) {
        penalty = newPenalty;
        shares = newShares;
    }

    /** Time goes on: usage grows by what is claimed, and decays. */
    public void advance(Instant time) {
        var running = new HashMap<String, Long>();
        claims.values().forEach(c -> running.merge(c.tenant(), c.room().cpuMillis(), Long::sum));
        running.keySet().forEach(t -> usage.putIfAbsent(t, new Usage(0, now)));
        usage.replaceAll((t, u) -> u.at(time, running.getOrDefault(t, 0L), shares.halfLife()));
        now = time;
    }

    /** A worker is there, or is not what it was. */
    public void put(Worker worker) {
        workers.put(worker.name(), worker);
    }

    /** A worker is gone. Claims on it stay until they are released. */
    public void removeWorker(String name) {
        workers.remove(name);
    }

    /** Workers of which nothing can be said but why they take no job, counted by that reason. */
    public void unknown(Map<Reason, Integer> counts) {
        unknown = Map.copyOf(counts);
    }

    /** A job waits, or is not what it was. */
    public void put(PendingJob job) {
        pending.put(job.key().uid(), job);
    }

    /** A job waits no longer. Need not be told of jobs that were placed. */
    public void removeJob(String uid) {
        pending.remove(uid);
    }

    /** An attempt takes room of a worker, or takes other room than it did. Need not be told of what was placed. */
    public void put(Claim claim) {
        claims.put(new Place(claim.id(), claim.worker()), claim);
    }

    /** An attempt takes nothing of a worker any more. */
    public void release(Claim.AttemptId attempt, String worker) {
        claims.remove(new Place(attempt, worker));
    }

    /** What tenants had used when this began. */
    public void restore(Map<String, Usage> past) {
        usage.putAll(past);
    }

    /** What tenants have used, as of the last {@link #advance}. */
    public Map<String, Usage> usage() {
        return Map.copyOf(usage);
    }

    /** Room was kept for jobs when this began: the workers by the jobs' UIDs. */
    public void keep(Map<String, String> workersByJob) {
        reserved = Map.copyOf(workersByJob);
    }

    /** Places what can start now. Placed jobs wait no longer, and are claims from now on. */
    public Outcome pass(Instant time) {
        advance(time);
        var used = new HashMap<String, Double>();
        usage.forEach((tenant, u) -> used.put(tenant, u.cpuSeconds()));
        var plan = Pass.run(new Snapshot(
                now,
                List.copyOf(workers.values()),
                unknown,
                List.copyOf(claims.values()),
                new ArrayList<>(pending.values()),
                penalty,
                shares,
                used,
                reserved));
        for (var placement : plan.placements()) {
            removeJob(placement.job().key().uid());
            put(placement.claim());
        }
        reserved = plan.reserved();
        return new Outcome(plan.placements(), plan.waits());
    }
}
