package dev.smartdispatcher.e2e.bench.simulate.trace;

import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.e2e.bench.simulate.trace.Streams.Purpose;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BetaDistribution;

/** Draws the jobs of a trace for a seed: the same ones whatever rule dispatches them. */
public final class JobGenerator {
    private static final double MOST_SERIAL = 0.95;
    private static final double SECONDS_PER_HOUR = 3600;

    private final Trace.Jobs jobs;
    private final Map<Purpose, RandomGenerator> random = new EnumMap<>(Purpose.class);
    private final BetaDistribution serial;
    private final double[] tenants;
    private final Map<Architecture, Double> targets;

    public JobGenerator(Trace trace, Streams streams) {
        jobs = trace.jobs();
        for (var purpose : Purpose.values()) {
            random.put(purpose, streams.of(purpose));
        }
        serial = BetaDistribution.of(jobs.serial().beta()[0], jobs.serial().beta()[1]);
        tenants = IntStream.rangeClosed(1, jobs.tenants())
                .mapToDouble(rank -> Math.pow(rank, -jobs.zipf()))
                .toArray();
        targets = new TreeMap<>(jobs.targetShare());
    }

    /** All jobs in order of arrival: the wave at 0, and those that come after it. */
    public List<Job> draw() {
        var all = new ArrayList<Job>();
        for (int i = 0; i < jobs.wave(); i++) {
            all.add(job(i, 0));
        }
        double end = jobs.hours() * SECONDS_PER_HOUR;
        for (double t = gap(); t < end; t += gap()) {
            all.add(job(all.size(), t));
        }
        return List.copyOf(all);
    }

    private double gap() {
        return random.get(Purpose.GAP).nextExponential() * SECONDS_PER_HOUR / jobs.arrivalsPerHour();
    }

    private Job job(int index, double arrival) {
        double size = normal(Purpose.WORK);
        double work = jobs.work().at(size);
        double serialPart = Math.min(
                MOST_SERIAL,
                serial.inverseCumulativeProbability(unit(Purpose.SERIAL))
                        * Math.pow(work / jobs.work().median(), jobs.serial().workExponent()));
        var memory = new Memory(
                jobs.base().at(correlated(size, jobs.correlation().workBase(), Purpose.BASE)),
                jobs.perProcess().at(normal(Purpose.PER_PROCESS)));
        double factor = jobs.declaredFactor().at(unit(Purpose.FACTOR));
        boolean declares = unit(Purpose.DECLARED) >= jobs.declaredMissing();
        double error = Math.exp(jobs.historyError() * normal(Purpose.HISTORY));
        boolean repeated = unit(Purpose.REPEAT) < jobs.repeatShare();
        return new Job(
                index,
                tenant(),
                arrival,
                target(),
                work,
                serialPart,
                memory,
                declares ? Optional.of(memory.times(factor)) : Optional.empty(),
                (long) jobs.disk().at(correlated(size, jobs.correlation().workDisk(), Purpose.DISK)),
                work > jobs.heavyWork(),
                jobs.maxProcesses(),
                repeated ? Optional.of(new Job.History(work * error, serialPart, memory)) : Optional.empty());
    }

    /** What a job that declares nothing counts as. */
    public static Memory missing(Trace trace) {
        var missing = trace.jobs().missing();
        return new Memory(Quantities.bytes(missing.base()), Quantities.bytes(missing.perProcess()));
    }

    private int tenant() {
        double sum = 0;
        for (double share : tenants) {
            sum += share;
        }
        double left = unit(Purpose.TENANT) * sum;
        int tenant = 0;
        while (tenant < tenants.length - 1 && left >= tenants[tenant]) {
            left -= tenants[tenant];
            tenant++;
        }
        return tenant;
    }

    private Architecture target() {
        double left = unit(Purpose.TARGET)
                * targets.values().stream().mapToDouble(Double::doubleValue).sum();
        Architecture last = null;
        for (var target : targets.entrySet()) {
            last = target.getKey();
            left -= target.getValue();
            if (left < 0) {
                break;
            }
        }
        return last;
    }

    private double correlated(double with, double correlation, Purpose purpose) {
        return correlation * with + Math.sqrt(1 - correlation * correlation) * normal(purpose);
    }

    private double normal(Purpose purpose) {
        return random.get(purpose).nextGaussian();
    }

    private double unit(Purpose purpose) {
        return random.get(purpose).nextDouble();
    }
}
