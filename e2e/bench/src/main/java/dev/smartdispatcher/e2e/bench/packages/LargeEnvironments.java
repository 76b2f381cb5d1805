package dev.smartdispatcher.e2e.bench.packages;

import dev.smartdispatcher.api.EnvVariable;
import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.environment.PackageLists;
import dev.smartdispatcher.api.environment.PackageRule;
import dev.smartdispatcher.api.environment.RuleCondition;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Environments as large farms have them, whose rules depend on host, target and mode in different ways. */
final class LargeEnvironments {
    private static final Architecture[] ARCHITECTURES = Architecture.values();
    private static final Mode[] MODES = Mode.values();
    /** A part of all packages is preinstalled, as in OBS' project configurations. */
    private static final int PREINSTALLED_PART = 10;

    private static final int NAMES_OF_RULE = 6;

    private LargeEnvironments() {}

    /**
     * An environment.
     *
     * @param number makes it differ from others
     */
    static BuildEnvironmentSpec of(int packages, int rules, int number) {
        var names = IntStream.range(0, packages)
                .mapToObj(i -> "package-" + number + "-" + i + "-devel")
                .toList();
        int preinstalled = packages / PREINSTALLED_PART;
        var base = new PackageLists(
                names.subList(0, preinstalled), names.subList(preinstalled, packages), List.of(), List.of());
        var all = new ArrayList<PackageRule>();
        for (int i = 0; i < rules; i++) {
            all.add(rule(i, names));
        }
        return new BuildEnvironmentSpec("registry.example/build:" + number, null, base, all);
    }

    /** Installs some packages, keeps some from reinstall, takes some out, and undoes a part of what the one before did. */
    private static PackageRule rule(int i, List<String> names) {
        var added = IntStream.range(0, NAMES_OF_RULE).mapToObj(k -> "cross-" + i + "-" + k);
        var when = new RuleCondition(
                List.of(ARCHITECTURES[i % ARCHITECTURES.length].name()),
                List.of(ARCHITECTURES[i / ARCHITECTURES.length % ARCHITECTURES.length].name()),
                i % 2 == 0 ? List.of(MODES[i % MODES.length]) : List.of());
        return new PackageRule(
                "rule-" + i,
                i % 3 == 0 ? RuleCondition.ALWAYS : when,
                List.of("speed-up-" + i),
                Stream.concat(added, Stream.of("!" + names.get(names.size() - 1 - i % names.size())))
                        .toList(),
                List.of(names.get(i % names.size())),
                List.of("cross-" + (i - 1) + "-0"),
                null,
                List.of(new EnvVariable("RULE_" + i, "$(BUILD_JOBS)")));
    }
}
