package dev.smartdispatcher.agent.advisor;

import dev.smartdispatcher.api.worker.facts.Amounts;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** From a host and the answers to the advice. The same host and answers always give the same advice. */
public final class Advisor {
    private static final long MIB = 1 << 20;

    private Advisor() {}

    /** The advice. What follows from something unknown is left out of the limits, and its explanation says so. */
    public static Advice advise(Host host, Answers answers) {
        var reserve = Reserve.of(host, answers);
        var cache = CacheSize.of(host, answers);
        var job = JobSize.of(answers)
                .on(
                        host.threads().orElse(1),
                        left(host.memory(), reserve.memory()),
                        forJobs(left(host.disk(), reserve.disk()), cache));
        var concurrency = Concurrency.of(host, reserve, answers);
        var limits = limits(host, reserve, concurrency);
        return new Advice(
                limits,
                concurrency.map(c -> OptionalInt.of(c.makeJobs())).orElse(OptionalInt.empty()),
                cache,
                job,
                new Explanation(host, answers, reserve, job, concurrency, cache).numbers());
    }

    /** The limits for the most common farm, which an agent recommends; null if nothing is known of the host. */
    public static Amounts recommendedLimits(Host host) {
        return advise(host, Answers.COMMON).limits();
    }

    private static Amounts limits(Host host, Reserve reserve, Optional<Concurrency> concurrency) {
        if (host.threads().isEmpty() && host.memory().isEmpty() && host.disk().isEmpty()) {
            return null;
        }
        return new Amounts(
                concurrency.isEmpty()
                        ? null
                        : Quantities.ofMillis(host.threads().getAsInt() * 1000L
                                - reserve.cpuMillis().getAsLong()),
                wholeMib(left(host.memory(), reserve.memory())),
                wholeMib(left(host.disk(), reserve.disk())),
                concurrency.map(Concurrency::jobs).orElse(null));
    }

    /** Caches of all namespaces together take at most half of a worker's disk. */
    private static OptionalLong forJobs(OptionalLong budget, Optional<Advice.Cache> cache) {
        return budget.isEmpty() || cache.isEmpty() ? budget : OptionalLong.of(budget.getAsLong() / 2);
    }

    private static OptionalLong left(OptionalLong all, OptionalLong reserve) {
        return all.isEmpty() ? all : OptionalLong.of(all.getAsLong() - reserve.getAsLong());
    }

    private static Quantity wholeMib(OptionalLong bytes) {
        return bytes.isEmpty() ? null : Quantities.ofBytes(bytes.getAsLong() / MIB * MIB);
    }
}
