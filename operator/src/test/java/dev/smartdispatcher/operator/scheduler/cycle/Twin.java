package dev.smartdispatcher.operator.scheduler.cycle;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.explain.Wait;
import dev.smartdispatcher.operator.scheduler.fairshare.Share;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.fairshare.Usage;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.plain.PlainCycle;
import dev.smartdispatcher.operator.scheduler.plain.Plan;
import dev.smartdispatcher.operator.scheduler.plain.Snapshot;
import dev.smartdispatcher.operator.scheduler.score.Score;
import dev.smartdispatcher.operator.scheduler.testing.RandomFarms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A dispatcher beside what it was told, from which the plain pass can be run. */
final class Twin {
    private final Scheduler scheduler;
    private final Map<String, Worker> workers = new TreeMap<>();
    private final Map<String, PendingJob> pending = new TreeMap<>();
    private final List<Claim> claims = new ArrayList<>();
    private final Snapshot first;
    private final int enough;
    private Shares shares;
    private Instant now;
    private int made = 100;
    private Plan plain;

    Twin(Snapshot snapshot) {
        this(snapshot, Score.ENOUGH);
    }

    /** @param enough workers that are compared for a job */
    Twin(Snapshot snapshot, int enough) {
        this.enough = enough;
        first = snapshot;
        now = snapshot.now();
        shares = snapshot.shares();
        scheduler = new Scheduler(snapshot.penalty(), shares, now, enough);
        scheduler.unknown(snapshot.unknown());
        snapshot.usage().forEach((t, u) -> scheduler.restore(Map.of(t, new Usage(u, now))));
        snapshot.workers().forEach(this::put);
        snapshot.pending().forEach(this::put);
        snapshot.claims().forEach(this::put);
        scheduler.restoreReservations(snapshot.terms());
        plan();
    }

    private void put(Worker worker) {
        workers.put(worker.name(), worker);
        scheduler.put(worker);
    }

    private void put(PendingJob job) {
        pending.put(job.key().uid(), job);
        scheduler.put(job);
    }

    private void put(Claim claim) {
        claims.removeIf(c -> c.id().equals(claim.id()) && c.worker().equals(claim.worker()));
        claims.add(claim);
        scheduler.put(claim);
    }

    /** What the plain pass decides now. */
    void plan() {
        plan(Integer.MAX_VALUE);
    }

    /** What the plain pass decides now, up to a number of placements. */
    void plan(int most) {
        scheduler.advance(now);
        plain = PlainCycle.run(
                new Snapshot(
                        now,
                        List.copyOf(workers.values()),
                        first.unknown(),
                        claims,
                        List.copyOf(pending.values()),
                        first.penalty(),
                        shares,
                        scheduler.usage().entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey, e -> e.getValue().cpuSeconds())),
                        scheduler.terms()),
                most,
                enough);
    }

    Plan plain() {
        return plain;
    }

    /** What the dispatcher decides now, as a plan. */
    Plan cycle() {
        return cycle(Integer.MAX_VALUE);
    }

    /** What the dispatcher decides now, as a plan, up to a number of placements. */
    Plan cycle(int most) {
        var outcome = scheduler.runCycle(now, most, CyclePhase.Listener.NONE);
        outcome.placements().forEach(p -> {
            pending.remove(p.job().key().uid());
            claims.add(p.claim());
        });
        var waits = pending.keySet().stream()
                .map(uid -> scheduler.explain(uid).orElseThrow())
                .sorted(Comparator.comparing((Wait w) -> w.job().namespace()).thenComparingInt(Wait::position))
                .toList();
        return new Plan(outcome.placements(), waits, scheduler.terms());
    }

    void later(int seconds) {
        now = now.plusSeconds(seconds - 100);
        scheduler.advance(now);
    }

    /** One thing happens. */
    void change(Random random) {
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> release(random);
            case 3 -> put(RandomFarms.job("j" + made++, 6, random));
            case 4 ->
                pick(pending.values(), random).ifPresent(j -> {
                    pending.remove(j.key().uid());
                    scheduler.removeJob(j.key().uid());
                });
            case 5 -> put(RandomFarms.worker("w" + random.nextInt(7), random));
            case 6 -> pick(workers.values(), random).ifPresent(w -> resize(w, random));
            case 7 -> pick(workers.values(), random).ifPresent(w -> put(RandomFarms.claim(w, made++, random)));
            default -> other(random);
        }
    }

    private void other(Random random) {
        if (random.nextBoolean()) {
            pick(workers.values(), random).ifPresent(w -> {
                workers.remove(w.name());
                scheduler.removeWorker(w.name());
            });
        } else {
            var limits = new HashMap<String, Share>();
            limits.put(
                    RandomFarms.TENANTS[random.nextInt(RandomFarms.TENANTS.length)],
                    new Share(1 + random.nextInt(4), random.nextInt(9), RandomFarms.limits(random)));
            shares = new Shares(shares.halfLife(), limits, 1 + random.nextInt(100), RandomFarms.countedAmounts(random));
            scheduler.share(shares);
        }
    }

    private void resize(Worker w, Random random) {
        var budget = random.nextBoolean()
                ? w.budget()
                : RandomFarms.worker(w.name(), random).budget();
        put(w.with(
                budget,
                random.nextInt(3) == 0 ? Optional.of(Reason.Draining) : Optional.empty(),
                random.nextInt(4) == 0 ? Optional.of(now.plusSeconds(random.nextInt(4000))) : Optional.empty()));
    }

    private void release(Random random) {
        pick(claims, random).ifPresent(c -> {
            claims.remove(c);
            scheduler.release(c.id(), c.worker());
        });
    }

    private static <T> Optional<T> pick(Collection<T> from, Random random) {
        return from.isEmpty()
                ? Optional.empty()
                : from.stream().skip(random.nextInt(from.size())).findFirst();
    }
}
