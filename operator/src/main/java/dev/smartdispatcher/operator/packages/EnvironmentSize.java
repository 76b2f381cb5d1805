package dev.smartdispatcher.operator.packages;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.environment.PackageRule;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether what comes from an environment fits the objects that carry it: the lists a ConfigMap, command and variables a pod. */
final class EnvironmentSize {
    /** What the API server lets a ConfigMap hold, in bytes. */
    static final long MOST_OF_LISTS = 1L << 20;
    /** Of the 1.5 MiB that etcd takes of a pod, in bytes: beside it there are the job's own arguments and variables. */
    static final long MOST_OF_POD = 512L << 10;

    /** The object around the files, and their names. */
    private static final int FRAME = 1024;

    /** A name is in so many files at most: in two lists, thrice in prjconf, in rpmlist-tail and in the trace. */
    private static final int FILES_OF_NAME = 7;
    /** What the trace says of a name for each entry: the lists' names and two names of rules. */
    private static final int TRACE_OF_ENTRY = 256;

    private EnvironmentSize() {}

    /** The first thing that is too large. */
    static Optional<String> problem(BuildEnvironmentSpec spec) {
        var rules = PackageRules.of(spec);
        var seen = new HashSet<BitSet>();
        for (var host : Architecture.values()) {
            for (var target : Architecture.values()) {
                for (var mode : Mode.values()) {
                    var applying = rules.applying(host, target, mode);
                    if (seen.add(applying)) {
                        var where = " for host " + host.name() + ", target " + target.name() + " in mode " + mode;
                        var problem =
                                pod(spec, rules.rules(applying), where).or(() -> lists(spec, rules, applying, where));
                        if (problem.isPresent()) {
                            return problem;
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> pod(BuildEnvironmentSpec spec, List<PackageRule> rules, String where) {
        long pod = bytes(spec.command())
                + rules.stream()
                        .flatMap(rule -> rule.env().stream())
                        .mapToLong(v -> bytes(List.of(v.name(), v.value() == null ? "" : v.value())))
                        .sum();
        return pod <= MOST_OF_POD
                ? Optional.empty()
                : Optional.of("spec.command and spec.rules[].env: come to " + pod + " bytes" + where + ", at most "
                        + MOST_OF_POD + " fit into a pod");
    }

    /** Only of long lists the files are made: others fit in any case. */
    private static Optional<String> lists(
            BuildEnvironmentSpec spec, PackageRules rules, BitSet applying, String where) {
        var layers = Stream.concat(
                        Stream.of(Layer.of(spec.packages())),
                        rules.rules(applying).stream().map(Layer::of))
                .toList();
        long most = FRAME + layers.stream().mapToLong(EnvironmentSize::most).sum();
        boolean all = layers.stream()
                .anyMatch(layer -> layer.lists().values().stream().anyMatch(list -> list.contains(Layer.ALL_OUT)));
        if (most <= MOST_OF_LISTS && !all) {
            return Optional.empty();
        }
        long stored = FRAME
                + rules.plan(applying).lists().files().values().stream()
                        .mapToLong(ListFile::size)
                        .sum();
        return stored <= MOST_OF_LISTS
                ? Optional.empty()
                : Optional.of("spec.packages and spec.rules: the list files come to " + stored + " bytes" + where
                        + " although they are compressed; at most " + MOST_OF_LISTS + " fit into their ConfigMap");
    }

    private static long most(Layer layer) {
        return layer.lists().values().stream()
                .mapToLong(list -> FILES_OF_NAME * bytes(list) + (long) TRACE_OF_ENTRY * list.size())
                .sum();
    }

    /** With a byte beside each. */
    private static long bytes(Collection<String> texts) {
        return texts.stream()
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length + 1)
                .sum();
    }
}
