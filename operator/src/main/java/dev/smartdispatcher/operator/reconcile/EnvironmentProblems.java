package dev.smartdispatcher.operator.reconcile;

import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.operator.packages.EnvironmentCheck;
import dev.smartdispatcher.operator.reading.Unreadable;
import java.util.List;

/** Why jobs cannot use an environment. */
public final class EnvironmentProblems {
    private EnvironmentProblems() {}

    /** What cannot be read of its spec, else the rules that it breaks; none if jobs can use it. */
    public static List<String> of(BuildEnvironment environment) {
        var unreadable = Unreadable.of(environment, "spec");
        return unreadable.isEmpty() ? EnvironmentCheck.problems(environment.getSpec()) : unreadable;
    }
}
