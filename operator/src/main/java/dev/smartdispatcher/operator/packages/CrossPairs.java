package dev.smartdispatcher.operator.packages;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The pairs of host and target that an environment can cross-build: those of rules that name Cross. */
public final class CrossPairs {
    private CrossPairs() {}

    /** A host architecture and a target that it can cross-build. */
    public record Pair(Architecture hostArch, Architecture targetArch) {}

    /** The environment's pairs; names that are no architecture make none. */
    public static Set<Pair> of(BuildEnvironmentSpec environment) {
        var pairs = new HashSet<Pair>();
        for (var rule : environment.rules()) {
            if (rule.when().modes().contains(Mode.Cross)) {
                rule.when().hostArch().stream()
                        .map(Architecture::of)
                        .flatMap(Optional::stream)
                        .forEach(host -> rule.when().targetArch().stream()
                                .map(Architecture::of)
                                .flatMap(Optional::stream)
                                .filter(target -> target != host)
                                .forEach(target -> pairs.add(new Pair(host, target))));
            }
        }
        return pairs;
    }
}
