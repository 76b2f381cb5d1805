package dev.smartdispatcher.operator.packages;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.environment.PackageRule;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Whether what comes from an environment fits the objects that carry it: the lists a ConfigMap, command and variables a pod. */
final class EnvironmentSize {
    /** What the API server lets a ConfigMap hold, in bytes. */
    static final long MOST_OF_LISTS = 1L << 20;
    /** Of the 1.5 MiB that etcd takes of a pod, in bytes: beside it there are the job's own arguments and variables. */
    static final long MOST_OF_POD = 512L << 10;

    /** File names, keywords and the object around them. */
    private static final int FRAME = 1024;

    private EnvironmentSize() {}

    /** The first thing that may be too large; duplicate names and what rules take away again are not taken off. */
    static Optional<String> problem(BuildEnvironmentSpec spec) {
        var base = spec.packages();
        long lists = FRAME + lists(base.preinstall(), base.install(), base.noInstall(), base.remove());
        long pod = bytes(spec.command(), 1);
        var rules = spec.rules().stream().map(Sized::of).toList();
        for (var host : Architecture.values()) {
            for (var target : Architecture.values()) {
                for (var mode : Mode.values()) {
                    long allLists = lists;
                    long allPod = pod;
                    for (var rule : rules) {
                        if (PackageRules.applies(rule.rule.when(), host, target, mode)) {
                            allLists += rule.lists;
                            allPod += rule.pod;
                        }
                    }
                    var where = " for host " + host.name() + ", target " + target.name() + " in mode " + mode;
                    if (allLists > MOST_OF_LISTS) {
                        return Optional.of("spec.packages and spec.rules: the list files come to " + allLists + " bytes"
                                + where + ", at most " + MOST_OF_LISTS + " fit into their ConfigMap");
                    }
                    if (allPod > MOST_OF_POD) {
                        return Optional.of("spec.command and spec.rules[].env: come to " + allPod + " bytes" + where
                                + ", at most " + MOST_OF_POD + " fit into a pod");
                    }
                }
            }
        }
        return Optional.empty();
    }

    private record Sized(PackageRule rule, long lists, long pod) {
        private static Sized of(PackageRule rule) {
            return new Sized(
                    rule,
                    EnvironmentSize.lists(rule.preinstall(), rule.install(), rule.noInstall(), rule.remove()),
                    rule.env().stream()
                            .mapToLong(v -> bytes(List.of(v.name(), v.value() == null ? "" : v.value()), 1))
                            .sum());
        }
    }

    /** As {@link ListFiles} writes them: each name in its file and in prjconf, noInstall also in preinstall, remove thrice there. */
    private static long lists(
            Collection<String> preinstall,
            Collection<String> install,
            Collection<String> noInstall,
            Collection<String> remove) {
        return 2 * bytes(preinstall, 1) + 2 * bytes(install, 1) + 4 * bytes(noInstall, 1) + 4 * bytes(remove, 2);
    }

    private static long bytes(Collection<String> texts, int beside) {
        return texts.stream()
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length + beside)
                .sum();
    }
}
