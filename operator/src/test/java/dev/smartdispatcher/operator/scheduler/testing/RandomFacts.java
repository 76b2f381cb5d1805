package dev.smartdispatcher.operator.scheduler.testing;

import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.LabelSelector.Operator;
import dev.smartdispatcher.api.LabelSelector.Term;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.api.job.demand.KernelRange;
import dev.smartdispatcher.operator.scheduler.filter.FactDemand;
import dev.smartdispatcher.operator.scheduler.filter.Inodes;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.model.CheckStanding;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What workers can do, and what jobs ask of it: from a few values, so that they often miss each other by one. */
public final class RandomFacts {
    private static final List<String> FLAGS = List.of("sse4_2", "avx2", "avx512f");
    private static final List<String> CHECKS = List.of("disk", "loop-devices");
    private static final List<String> VERSIONS = List.of("4.4", "5.10.0-28", "6.1.0-18", "6.10");
    private static final List<String> FLAVORS = List.of("amd64", "rt");

    private RandomFacts() {}

    public static Worker able(Worker w, Random random) {
        var able = w.withIsolation(isolation(random)).withUserNamespaces(random.nextBoolean());
        able = able.withCpuFlags(some(FLAGS, random));
        able = able.withKernel(
                random.nextInt(6) == 0
                        ? Worker.Kernel.UNKNOWN
                        : new Worker.Kernel(one(VERSIONS, random), one(FLAVORS, random)));
        able = random.nextInt(6) == 0 ? able.withMeasuredSpeed(OptionalInt.empty()) : able;
        able = able.withLabels(labels(random)).withChecks(checks(random));
        able = able.withFacts(facts(random));
        return random.nextInt(3) == 0 ? able.withFreeInodes(Inodes.counted(random.nextInt(60_000))) : able;
    }

    private static Set<JobIsolation> isolation(Random random) {
        return random.nextBoolean()
                ? Set.of(JobIsolation.Container, JobIsolation.UserNamespace)
                : Set.of(JobIsolation.Container);
    }

    private static Map<String, CheckStanding> checks(Random random) {
        var checks = new HashMap<String, CheckStanding>();
        for (var check : CHECKS) {
            if (random.nextInt(3) > 0) {
                checks.put(check, one(List.of(CheckStanding.values()), random));
            }
        }
        return checks;
    }

    private static Map<String, String> facts(Random random) {
        var facts = new HashMap<String, String>();
        if (random.nextInt(3) > 0) {
            facts.put("local.rack", one(List.of("a", "b", "c"), random));
        }
        if (random.nextInt(3) > 0) {
            facts.put("local.loops", one(List.of("4", "8", "many"), random));
        }
        return facts;
    }

    private static List<FactDemand> demands(Random random) {
        return Stream.of(
                        new FactDemand("local.rack", List.of("a", "b"), Optional.empty()),
                        new FactDemand("local.loops", List.of(), Optional.of(BigDecimal.valueOf(8))))
                .filter(demand -> random.nextBoolean())
                .toList();
    }

    private static Map<String, String> labels(Random random) {
        var labels = new HashMap<String, String>();
        if (random.nextBoolean()) {
            labels.put("pool", random.nextBoolean() ? "fast" : "slow");
        }
        if (random.nextInt(3) == 0) {
            labels.put("gpu", "");
        }
        return labels;
    }

    /** Half of all jobs ask for nothing of this. */
    public static Requirements demanding(Requirements r, long disk, Random random) {
        if (random.nextBoolean()) {
            return r;
        }
        var isolation = random.nextInt(4) == 0 ? one(List.of(JobIsolation.values()), random) : JobIsolation.Container;
        var present = random.nextInt(3) == 0 ? some(FLAGS, random) : Set.<String>of();
        return r.with()
                .hostArch(random.nextInt(6) == 0 ? Set.of(one(List.of(RandomFarms.HOSTS), random)) : Set.of())
                .flagsPresent(present.stream().sorted().toList())
                .flagsAbsent(
                        random.nextInt(3) == 0
                                ? FLAGS.stream()
                                        .filter(f -> !present.contains(f))
                                        .toList()
                                : List.of())
                .kernel(random.nextInt(3) == 0 ? Optional.of(kernel(random)) : Optional.empty())
                .selector(random.nextInt(3) == 0 ? Optional.of(selector(random)) : Optional.empty())
                .isolation(isolation)
                .notIsolation(
                        isolation != JobIsolation.UserNamespace && random.nextInt(8) == 0
                                ? Set.of(JobIsolation.UserNamespace)
                                : Set.of())
                .facts(random.nextInt(4) == 0 ? demands(random) : List.of())
                .userNamespace(random.nextInt(5) == 0)
                .checks(random.nextInt(4) == 0 ? some(CHECKS, random) : Set.of())
                .minSpeed(random.nextInt(3) == 0 ? 50 + random.nextInt(100) : 0)
                .inodes(Inodes.needed(disk))
                .build();
    }

    private static KernelRange kernel(Random random) {
        int min = random.nextInt(VERSIONS.size());
        int max = min + random.nextInt(VERSIONS.size() - min);
        return new KernelRange(
                random.nextBoolean() ? VERSIONS.get(min) : null,
                random.nextBoolean() ? VERSIONS.get(max) : "",
                random.nextInt(3) == 0 ? one(FLAVORS, random) : "");
    }

    private static LabelSelector selector(Random random) {
        var expressions = Stream.of(
                        new Term("gpu", random.nextBoolean() ? Operator.Exists : Operator.DoesNotExist, null),
                        new Term("pool", random.nextBoolean() ? Operator.In : Operator.NotIn, List.of("slow", "spare")))
                .filter(t -> random.nextBoolean())
                .toList();
        return new LabelSelector(
                random.nextBoolean() || !expressions.isEmpty() ? null : Map.of("pool", "fast"), expressions);
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private static Set<String> some(List<String> of, Random random) {
        return of.stream().filter(f -> random.nextInt(3) > 0).collect(Collectors.toSet());
    }
}
