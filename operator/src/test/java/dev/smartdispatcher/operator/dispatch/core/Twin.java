package dev.smartdispatcher.operator.dispatch.core;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.dispatch.explain.Wait;
import dev.smartdispatcher.operator.dispatch.fleet.Claim;
import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.pass.Preference;
import dev.smartdispatcher.operator.dispatch.pass.RandomFarms;
import dev.smartdispatcher.operator.dispatch.pass.plain.Pass;
import dev.smartdispatcher.operator.dispatch.pass.plain.Plan;
import dev.smartdispatcher.operator.dispatch.pass.plain.Snapshot;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import dev.smartdispatcher.operator.dispatch.share.Share;
import dev.smartdispatcher.operator.dispatch.share.Shares;
import dev.smartdispatcher.operator.dispatch.share.Usage;
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
    private final Dispatcher dispatcher;
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
        this(snapshot, Preference.ENOUGH);
    }

    /** @param enough workers that are compared for a job */
    Twin(Snapshot snapshot, int enough) {
        this.enough = enough;
        first = snapshot;
        now = snapshot.now();
        shares = snapshot.shares();
        dispatcher = new Dispatcher(snapshot.penalty(), shares, now, enough);
        dispatcher.unknown(snapshot.unknown());
        snapshot.usage().forEach((t, u) -> dispatcher.restore(Map.of(t, new Usage(u, now))));
        snapshot.workers().forEach(this::put);
        snapshot.pending().forEach(this::put);
        snapshot.claims().forEach(this::put);
        dispatcher.keep(snapshot.terms());
        plan();
    }

    private void put(Worker worker) {
        workers.put(worker.name(), worker);
        dispatcher.put(worker);
    }

    private void put(PendingJob job) {
        pending.put(job.key().uid(), job);
        dispatcher.put(job);
    }

    private void put(Claim claim) {
        claims.removeIf(c -> c.id().equals(claim.id()) && c.worker().equals(claim.worker()));
        claims.add(claim);
        dispatcher.put(claim);
    }

    /** What the plain pass decides now. */
    void plan() {
        plan(Integer.MAX_VALUE);
    }

    /** What the plain pass decides now, up to a number of placements. */
    void plan(int most) {
        dispatcher.advance(now);
        plain = Pass.run(
                new Snapshot(
                        now,
                        List.copyOf(workers.values()),
                        first.unknown(),
                        claims,
                        List.copyOf(pending.values()),
                        first.penalty(),
                        shares,
                        dispatcher.usage().entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey, e -> e.getValue().cpuSeconds())),
                        dispatcher.terms()),
                most,
                enough);
    }

    Plan plain() {
        return plain;
    }

    /** What the dispatcher decides now, as a plan. */
    Plan pass() {
        return pass(Integer.MAX_VALUE);
    }

    /** What the dispatcher decides now, as a plan, up to a number of placements. */
    Plan pass(int most) {
        var outcome = dispatcher.pass(now, most, Phase.Listener.NONE);
        outcome.placements().forEach(p -> {
            pending.remove(p.job().key().uid());
            claims.add(p.claim());
        });
        var waits = pending.keySet().stream()
                .map(uid -> dispatcher.explain(uid).orElseThrow())
                .sorted(Comparator.comparing((Wait w) -> w.job().namespace()).thenComparingInt(Wait::position))
                .toList();
        return new Plan(outcome.placements(), waits, dispatcher.terms());
    }

    void later(int seconds) {
        now = now.plusSeconds(seconds - 100);
        dispatcher.advance(now);
    }

    /** One thing happens. */
    void change(Random random) {
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> release(random);
            case 3 -> put(RandomFarms.job("j" + made++, 6, random));
            case 4 ->
                pick(pending.values(), random).ifPresent(j -> {
                    pending.remove(j.key().uid());
                    dispatcher.removeJob(j.key().uid());
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
                dispatcher.removeWorker(w.name());
            });
        } else {
            var limits = new HashMap<String, Share>();
            limits.put(
                    RandomFarms.TENANTS[random.nextInt(RandomFarms.TENANTS.length)],
                    new Share(1 + random.nextInt(4), random.nextInt(9)));
            shares = new Shares(shares.halfLife(), limits, 1 + random.nextInt(100));
            dispatcher.share(shares);
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
            dispatcher.release(c.id(), c.worker());
        });
    }

    private static <T> Optional<T> pick(Collection<T> from, Random random) {
        return from.isEmpty()
                ? Optional.empty()
                : from.stream().skip(random.nextInt(from.size())).findFirst();
    }
}
