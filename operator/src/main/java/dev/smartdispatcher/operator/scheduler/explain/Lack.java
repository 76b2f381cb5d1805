package dev.smartdispatcher.operator.scheduler.explain;

import dev.smartdispatcher.api.LabelSelector.Term;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.demand.KernelRange;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a job asks of a worker by one rule of matching, and what there is instead, in words.
 *
 * @param needed as in "needs speed 120"
 * @param there as in "node-3 has 80", without the name
 */
record Lack(String needed, String there) {

    /** Of the rule that fails by this reason; empty where the name of the reason says all. */
    static Optional<Lack> of(Reason reason, Requirements requirements, Worker worker) {
        return switch (reason) {
            case WrongHostArchitecture ->
                Optional.of(new Lack("host " + either(requirements.hostArch()), "is " + worker.hostArch()));
            case WrongMode -> Optional.of(mode(requirements, worker));
            case WrongCpuFlags -> Optional.of(flags(requirements, worker));
            case WrongKernel -> requirements.kernel().map(range -> kernel(range, worker.kernel()));
            case WrongIsolation ->
                Optional.of(new Lack(requirements.isolation().name(), "has " + all(worker.isolation())));
            case TooSlow ->
                Optional.of(new Lack(
                        "speed " + requirements.minSpeed(),
                        worker.measuredSpeed().isPresent()
                                ? "has " + worker.measuredSpeed().getAsInt()
                                : "has an unknown one"));
            case SelectorMismatch ->
                requirements
                        .selector()
                        .map(s -> new Lack(
                                s.terms().map(Lack::term).collect(Collectors.joining(" and ")),
                                s.mismatches(worker.labels()).stream()
                                        .map(Term::key)
                                        .distinct()
                                        .map(key -> label(key, worker.labels()))
                                        .collect(Collectors.joining(" and ", "has ", ""))));
            case TooFewInodes ->
                Optional.of(new Lack(
                        requirements.inodes() + " free inodes for its disk", "has about " + worker.freeInodes()));
            default -> Optional.empty();
        };
    }

    private static Lack mode(Requirements requirements, Worker worker) {
        var offered = Stream.concat(
                Optional.ofNullable(worker.targets().get(requirements.target())).stream(),
                requirements.crossHosts().contains(worker.hostArch()) ? Stream.of(Mode.Cross) : Stream.empty());
        return new Lack(
                either(requirements.modes()),
                "builds it " + offered.map(Mode::name).sorted().collect(Collectors.joining(" and ")));
    }

    private static Lack flags(Requirements requirements, Worker worker) {
        var needed = Stream.concat(
                requirements.flagsPresent().stream(),
                requirements.flagsAbsent().stream().map(f -> "no " + f));
        var missing = requirements.flagsPresent().stream()
                .filter(f -> !worker.cpuFlags().contains(f))
                .map(f -> "no " + f);
        var extra = requirements.flagsAbsent().stream().filter(worker.cpuFlags()::contains);
        return new Lack(
                needed.collect(Collectors.joining(", ")),
                Stream.concat(missing, extra).collect(Collectors.joining(", ", "has ", "")));
    }

    private static Lack kernel(KernelRange range, Worker.Kernel kernel) {
        var words = Stream.of(
                        Optional.ofNullable(range.minVersion())
                                .filter(v -> !v.isEmpty())
                                .map(v -> "not older than " + v),
                        Optional.ofNullable(range.maxVersion())
                                .filter(v -> !v.isEmpty())
                                .map(v -> "not newer than " + v),
                        Optional.ofNullable(range.flavor())
                                .filter(v -> !v.isEmpty())
                                .map(v -> "of flavour " + v))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        var there = Stream.of(kernel.version(), kernel.flavor())
                .filter(v -> !v.isEmpty())
                .collect(Collectors.joining(" "));
        return new Lack("a kernel " + words, there.isEmpty() ? "has an unknown one" : "has " + there);
    }

    private static String term(Term term) {
        return switch (term.operator()) {
            case In -> term.key() + "=" + String.join("|", term.values());
            case NotIn -> term.key() + "!=" + String.join("|", term.values());
            case Exists -> "label " + term.key();
            case DoesNotExist -> "no label " + term.key();
        };
    }

    private static String label(String key, Map<String, String> labels) {
        return labels.containsKey(key) ? key + "=" + labels.get(key) : "no label " + key;
    }

    private static String either(Collection<? extends Enum<?>> names) {
        return names.stream().map(Enum::name).sorted().collect(Collectors.joining(" or "));
    }

    private static String all(Collection<? extends Enum<?>> names) {
        return names.stream().map(Enum::name).sorted().collect(Collectors.joining(", "));
    }
}
