package dev.smartdispatcher.operator.scheduler.testing;

import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.api.job.demand.KernelRange;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.model.CheckStanding;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** A worker about which one thing is as a job asks for it, which was not: what an administrator would do about a reason. */
public final class Mended {
    private Mended() {}

    public static Worker by(Reason reason, Requirements r, Worker w) {
        return switch (reason) {
            case WrongHostArchitecture ->
                w.with()
                        .hostArch(r.hostArch().stream().sorted().findFirst().orElseThrow())
                        .targets(targets(r, w))
                        .build();
            case WrongMode ->
                w.with().hostArch(w.hostArch()).targets(targets(r, w)).build();
            case WrongCpuFlags -> w.withCpuFlags(flags(r, w));
            case WrongKernel -> w.withKernel(kernel(r.kernel().orElseThrow(), w.kernel()));
            case WrongIsolation ->
                w.with()
                        .isolation(EnumSet.of(JobIsolation.Container, r.isolation()))
                        .userNamespaces(r.userNamespace())
                        .build();
            case ExcludedIsolation ->
                w.withIsolation(w.isolation().stream()
                        .filter(isolation -> !r.notIsolation().contains(isolation))
                        .collect(Collectors.toSet()));
            case WrongFacts -> w.withFacts(facts(r, w));
            case TooSlow -> w.withMeasuredSpeed(OptionalInt.of(r.minSpeed()));
            case SelectorMismatch -> w.withLabels(labels(r.selector().orElseThrow(), w.labels()));
            case TooFewInodes -> w.withFreeInodes(r.inodes());
            case CheckNotPassed ->
                w.withChecks(
                        r.checks().stream().collect(Collectors.toMap(check -> check, check -> CheckStanding.Passed)));
            default -> w.with(w.budget(), Optional.empty(), Optional.empty());
        };
    }

    private static Map<Architecture, Mode> targets(Requirements r, Worker w) {
        var targets = new HashMap<>(w.targets());
        targets.put(r.target(), r.modes().stream().sorted().findFirst().orElse(Mode.Native));
        return targets;
    }

    private static Set<String> flags(Requirements r, Worker w) {
        var flags = new HashSet<>(w.cpuFlags());
        flags.addAll(r.flagsPresent());
        r.flagsAbsent().forEach(flags::remove);
        return flags;
    }

    private static Map<String, String> facts(Requirements r, Worker w) {
        var facts = new HashMap<>(w.facts());
        for (var demand : r.facts()) {
            var value = facts.getOrDefault(demand.name(), "");
            if (demand.atLeast().isPresent()) {
                facts.put(demand.name(), demand.atLeast().get().toPlainString());
            } else if (!demand.anyOf().contains(value)) {
                facts.put(demand.name(), demand.anyOf().get(0));
            }
        }
        return facts;
    }

    private static Worker.Kernel kernel(KernelRange range, Worker.Kernel kernel) {
        var version =
                range.minVersion() == null || range.minVersion().isEmpty() ? range.maxVersion() : range.minVersion();
        return new Worker.Kernel(
                version == null || version.isEmpty() ? kernel.version() : version,
                range.flavor().isEmpty() ? kernel.flavor() : range.flavor());
    }

    private static Map<String, String> labels(LabelSelector selector, Map<String, String> before) {
        var labels = new HashMap<>(before);
        selector.mismatches(before).forEach(term -> {
            switch (term.operator()) {
                case In -> labels.put(term.key(), term.values().get(0));
                case Exists -> labels.put(term.key(), "");
                default -> labels.remove(term.key());
            }
        });
        return labels;
    }
}
