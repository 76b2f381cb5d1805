package dev.smartdispatcher.e2e.bench.packages;

import com.sun.management.ThreadMXBean;
import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.e2e.report.JsonReport;
import dev.smartdispatcher.e2e.report.Machine;
import dev.smartdispatcher.operator.packages.PackagePlan;
import dev.smartdispatcher.operator.packages.PackageRules;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Evaluations of package rules on one core: of one environment, as dispatching does, and of environments that are all new. */
@Command(
        name = "packages",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false,
        description = "Package lists that one core decides in a second.")
public final class PackagesBenchmark implements Callable<Integer> {
    private static final Architecture[] ARCHITECTURES = Architecture.values();
    private static final Mode[] MODES = Mode.values();
    private static final double NANOS = 1e9;

    @Option(names = "--evaluations", defaultValue = "100000", description = "Of one environment.")
    private int evaluations;

    @Option(names = "--anew", defaultValue = "2000", description = "Of as many different environments, once each.")
    private int anew;

    @Option(names = "--packages", defaultValue = "500", description = "Of an environment.")
    private int packages;

    @Option(names = "--rules", defaultValue = "50", description = "Of an environment.")
    private int rules;

    @Option(
            names = "--runs",
            defaultValue = "3",
            description = "That count, after two that do not; the slowest is told.")
    private int runs;

    @Option(names = "--report", defaultValue = "e2e/target/reports/packages.json", description = "The report, as JSON.")
    private Path report;

    /**
     * {@code packages.json}.
     *
     * @param seconds CPU time of all evaluations of one environment, of the slowest run
     * @param plans different plans among them: as many objects
     * @param anewMicros CPU time of an evaluation of an environment that was never seen
     */
    record Report(
            int packages, int rules, int evaluations, double seconds, int plans, double anewMicros, Machine machine) {}

    @Override
    public Integer call() throws IOException {
        var machine = Machine.here();
        var plans = Collections.<PackagePlan>newSetFromMap(new IdentityHashMap<>());
        double seconds = 0;
        double anewSeconds = 0;
        for (int run = -2; run < runs; run++) {
            var environment = LargeEnvironments.of(packages, rules, run);
            plans.clear();
            double once = cpuSeconds(evaluations, plans, i -> environment);
            int first = (run + 3) * anew;
            var others = new BuildEnvironmentSpec[anew];
            for (int i = 0; i < anew; i++) {
                others[i] = LargeEnvironments.of(packages, rules, first + i);
            }
            double each = cpuSeconds(anew, Collections.newSetFromMap(new IdentityHashMap<>()), i -> others[i]);
            if (run >= 0) {
                seconds = Math.max(seconds, once);
                anewSeconds = Math.max(anewSeconds, each);
            }
        }
        var result = new Report(packages, rules, evaluations, seconds, plans.size(), anewSeconds * 1e6 / anew, machine);
        JsonReport.write(report, result);
        System.out.printf(
                "%,d evaluations of an environment with %d packages and %d rules: %.3f s of CPU, %d plans%n",
                evaluations, packages, rules, result.seconds, result.plans);
        System.out.printf("the first one of an environment: %.0f us%n", result.anewMicros);
        System.out.println("Report: " + report);
        return 0;
    }

    /** Of this thread, for evaluations for all hosts, targets and modes in turn. */
    private static double cpuSeconds(
            int evaluations, Set<PackagePlan> plans, IntFunction<BuildEnvironmentSpec> environments) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < evaluations; i++) {
            plans.add(PackageRules.evaluate(
                    environments.apply(i),
                    ARCHITECTURES[i % ARCHITECTURES.length],
                    ARCHITECTURES[i / ARCHITECTURES.length % ARCHITECTURES.length],
                    MODES[i / (ARCHITECTURES.length * ARCHITECTURES.length) % MODES.length]));
        }
        return (threads.getCurrentThreadCpuTime() - start) / NANOS;
    }
}
