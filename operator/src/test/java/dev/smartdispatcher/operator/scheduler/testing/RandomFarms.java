package dev.smartdispatcher.operator.scheduler.testing;

import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.scheduler.fairshare.Share;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.fairshare.WorkerLimit;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.job.JobKey;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.placement.ReservationTerm;
import dev.smartdispatcher.operator.scheduler.plain.Snapshot;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import dev.smartdispatcher.operator.scheduler.sizing.WorkEstimate;
import dev.smartdispatcher.operator.testing.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** Random farms from a seed: small enough to be read when a property fails, full enough that all rules meet. */
public final class RandomFarms {
    private static final long MI = 1L << 20;
    public static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    public static final Architecture[] HOSTS = {Architecture.x86_64, Architecture.i586, Architecture.armv7l};

    public static final String[] TENANTS = {"a", "b", "c"};

    private static final String[] COUNTED = {"boards", "licence"};

    private RandomFarms() {}

    /** Checks a property on a thousand farms. */
    public static void each(Consumer<Snapshot> property) {
        Seeds.check(1000, random -> property.accept(snapshot(random)));
    }

    public static Snapshot snapshot(Random random) {
        return snapshot(random, 6, 15);
    }

    /** A farm with fewer workers and waiting jobs than these. */
    public static Snapshot snapshot(Random random, int mostWorkers, int mostJobs) {
        var workers = new ArrayList<Worker>();
        for (int i = random.nextInt(mostWorkers); i > 0; i--) {
            workers.add(worker("w" + workers.size(), random));
        }
        var claims = new ArrayList<Claim>();
        for (var worker : workers) {
            for (int i = random.nextInt(4); i > 0; i--) {
                claims.add(claim(worker, claims.size(), random));
            }
        }
        var pending = new ArrayList<PendingJob>();
        for (int i = random.nextInt(mostJobs); i > 0; i--) {
            pending.add(job("j" + pending.size(), workers.size(), random));
        }
        var usage = new HashMap<String, Double>();
        var shares = new HashMap<String, Share>();
        for (var tenant : TENANTS) {
            usage.put(tenant, random.nextDouble() * 100_000);
            if (random.nextInt(3) == 0) {
                shares.put(tenant, new Share(1 + random.nextInt(3), random.nextInt(8), limits(random)));
            }
        }
        return new Snapshot(
                NOW,
                workers,
                random.nextInt(4) == 0 ? Map.of(Reason.NoFacts, 1) : Map.of(),
                claims,
                pending,
                ModePenalty.STANDARD,
                new Shares(Duration.ofHours(4), shares, 1 + random.nextInt(100), countedAmounts(random)),
                usage,
                terms(workers, pending, random));
    }

    /** On some of the workers; often none. */
    public static List<WorkerLimit> limits(Random random) {
        var limits = new ArrayList<WorkerLimit>();
        if (random.nextInt(3) == 0) {
            limits.add(new WorkerLimit(
                    Optional.of(HOSTS[random.nextInt(HOSTS.length)]), Optional.empty(), random.nextInt(4)));
        }
        if (random.nextInt(3) == 0) {
            limits.add(new WorkerLimit(
                    random.nextBoolean() ? Optional.of(Architecture.x86_64) : Optional.empty(),
                    Optional.of(new LabelSelector(Map.of("pool", "fast"), List.of())),
                    random.nextInt(4)));
        }
        return limits;
    }

    /** Of two counted resources some, or none. */
    public static Map<String, Integer> countedAmounts(Random random) {
        var amounts = new HashMap<String, Integer>();
        for (var name : COUNTED) {
            if (random.nextInt(4) > 0) {
                amounts.put(name, random.nextInt(7));
            }
        }
        return amounts;
    }

    /** Most jobs need nothing counted. */
    private static Map<String, Integer> counted(Random random) {
        var units = new HashMap<String, Integer>();
        for (var name : COUNTED) {
            if (random.nextInt(5) == 0) {
                units.put(name, 1 + random.nextInt(3));
            }
        }
        return units;
    }

    /** Room reserved for some jobs, whether it makes sense or not. */
    private static Map<String, ReservationTerm> terms(List<Worker> workers, List<PendingJob> pending, Random random) {
        var terms = new HashMap<String, ReservationTerm>();
        for (int i = 0; i < Math.min(workers.size(), pending.size()); i++) {
            if (random.nextInt(4) == 0) {
                terms.put(pending.get(i).key().uid(), term(workers.get(i).name(), random));
            }
        }
        return terms;
    }

    private static ReservationTerm term(String worker, Random random) {
        var promised = Optional.of(NOW.plusSeconds(random.nextInt(6000) - 3000)).filter(p -> random.nextBoolean());
        return new ReservationTerm(
                worker,
                NOW.minusSeconds(random.nextInt(3000)),
                promised,
                Duration.ofSeconds(1 + random.nextInt(4000)),
                promised.isEmpty() && random.nextInt(3) == 0);
    }

    public static Worker worker(String name, Random random) {
        var host = HOSTS[random.nextInt(HOSTS.length)];
        var targets = new EnumMap<Architecture, Mode>(Architecture.class);
        targets.put(host, Mode.Native);
        if (host == Architecture.x86_64) {
            targets.put(Architecture.i586, Mode.Compat);
            if (random.nextBoolean()) {
                targets.put(Architecture.armv7l, Mode.Emulated);
            }
        }
        int cores = 1 + random.nextInt(16);
        long disk = random.nextInt(5) == 0 ? 1_500 * MI : 20_000 * MI;
        var worker = new Worker(
                name,
                host,
                targets,
                Set.of(JobIsolation.Container),
                false,
                Set.of(),
                Worker.Kernel.UNKNOWN,
                Map.of(),
                OptionalInt.of(50 + random.nextInt(100)),
                Long.MAX_VALUE,
                Map.of(),
                new Room(cores * 1000L, cores * (512 + random.nextInt(2048)) * MI, disk, 1 + random.nextInt(8)),
                random.nextBoolean() ? 20_000 * MI : disk,
                random.nextInt(6) == 0 ? Optional.of(Reason.Draining) : Optional.empty(),
                random.nextInt(8) == 0 ? Optional.of(NOW.plusSeconds(random.nextInt(4000))) : Optional.empty(),
                0,
                Map.of());
        return RandomFacts.able(worker, random).withOthersMillis(random.nextInt(3) == 0 ? random.nextInt(9000) : 0);
    }

    public static Claim claim(Worker worker, int number, Random random) {
        var claim = new Claim(
                new Claim.AttemptId("running" + number, 1),
                TENANTS[random.nextInt(TENANTS.length)],
                worker.name(),
                new Room(random.nextInt(5) * 1000L, random.nextInt(3000) * MI, random.nextInt(4000) * MI, 1),
                random.nextBoolean() ? Optional.of(NOW.plusSeconds(random.nextInt(4000) - 100)) : Optional.empty());
        return claim.holding(counted(random));
    }

    /** Some workers, known or not, that keep something for a job. */
    private static Map<String, Integer> warm(int workers, Random random) {
        var warm = new HashMap<String, Integer>();
        if (random.nextInt(3) == 0) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                warm.put("w" + random.nextInt(workers + 2), 30 + random.nextInt(70));
            }
        }
        return warm;
    }

    public static PendingJob job(String name, int workers, Random random) {
        int least = 1 + random.nextInt(3);
        var target = HOSTS[random.nextInt(HOSTS.length)];
        var requirements = new Requirements(
                target,
                Set.of(),
                random.nextInt(4) == 0 ? Set.of(Mode.Native, Mode.Cross) : Set.of(),
                random.nextInt(3) == 0 ? Set.of(Architecture.x86_64) : Set.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                JobIsolation.Container,
                Set.of(),
                false,
                Set.of(),
                List.of(),
                0,
                0,
                Set.of(),
                counted(random),
                Optional.empty());
        long disk = random.nextInt(4000) * MI;
        return new PendingJob(
                new JobKey(TENANTS[random.nextInt(TENANTS.length)], name, "uid-" + name),
                1,
                RandomFacts.demanding(requirements, disk, random),
                new Envelope(
                        random.nextInt(3) == 0 ? 500 : 1000,
                        random.nextInt(2000) * MI,
                        random.nextInt(1000) * MI,
                        disk,
                        least,
                        least + random.nextInt(12)),
                Expense.values()[random.nextInt(3)],
                random.nextInt(3),
                random.nextBoolean() ? Optional.of(Duration.ofSeconds(1 + random.nextInt(4000))) : Optional.empty(),
                NOW.minusSeconds(random.nextInt(3000)),
                workers > 0 && random.nextInt(8) == 0 ? Set.of("w" + random.nextInt(workers)) : Set.of(),
                workers > 0 && random.nextInt(6) == 0
                        ? Set.of("w" + random.nextInt(workers), "w" + (workers + random.nextInt(2)))
                        : Set.of(),
                random.nextInt(3) == 0,
                Optional.empty(),
                random.nextInt(3) == 0
                        ? Optional.of(new WorkEstimate(
                                1 + random.nextInt(20_000), random.nextDouble(), random.nextInt(3) * 0.1))
                        : Optional.empty(),
                warm(workers, random));
    }
}
