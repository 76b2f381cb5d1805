package dev.smartdispatcher.operator.scheduler.filter;

import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** CPU flags that a job needs, or must not find. */
final class CpuFlagRule {
    private CpuFlagRule() {}

    static boolean hold(Requirements requirements, Worker worker) {
        return worker.cpuFlags().containsAll(requirements.flagsPresent())
                && requirements.flagsAbsent().stream().noneMatch(worker.cpuFlags()::contains);
    }

    private static Stream<String> missing(Requirements requirements, Worker worker) {
        return requirements.flagsPresent().stream()
                .filter(flag -> !worker.cpuFlags().contains(flag));
    }

    private static Stream<String> extra(Requirements requirements, Worker worker) {
        return requirements.flagsAbsent().stream().filter(worker.cpuFlags()::contains);
    }

    /** How many flags are not as the job needs them. */
    static double distance(Requirements requirements, Worker worker) {
        return missing(requirements, worker).count()
                + extra(requirements, worker).count();
    }

    static UnmetNeed unmetNeed(Requirements requirements, Worker worker) {
        var needed = Stream.concat(requirements.flagsPresent().stream(), without(requirements.flagsAbsent().stream()));
        var there = Stream.concat(without(missing(requirements, worker)), extra(requirements, worker));
        return new UnmetNeed(
                needed.collect(Collectors.joining(", ")), there.collect(Collectors.joining(", ", "has ", "")));
    }

    private static Stream<String> without(Stream<String> flags) {
        return flags.map(flag -> "no " + flag);
    }
}
