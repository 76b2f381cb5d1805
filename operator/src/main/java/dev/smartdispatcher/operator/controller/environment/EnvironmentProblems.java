package dev.smartdispatcher.operator.controller.environment;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.operator.client.reading.Unreadable;
import dev.smartdispatcher.operator.packages.EnvironmentCheck;
import dev.smartdispatcher.operator.scheduler.fairshare.NamespaceHold.Published;
import java.util.List;
import java.util.Optional;

/** Why jobs cannot use an environment. */
public final class EnvironmentProblems {
    private EnvironmentProblems() {}

    /** What cannot be read of its spec, else the rules that it breaks; none if jobs can use it. */
    public static List<String> of(BuildEnvironment environment) {
        var unreadable = Unreadable.of(environment, "spec");
        return unreadable.isEmpty() ? EnvironmentCheck.problems(environment.getSpec()) : unreadable;
    }

    /**
     * The reason of a job that cannot use the environment it names.
     *
     * @param environment the one of this name, if there is one
     */
    public static Optional<Published> obstacle(String name, Optional<BuildEnvironment> environment) {
        if (environment.isEmpty()) {
            return Optional.of(new Published(Reason.UnknownEnvironment, "there is no BuildEnvironment '" + name + "'"));
        }
        var problems = of(environment.get());
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of(new Published(
                        Reason.InvalidEnvironment,
                        "BuildEnvironment '" + name + "' is not valid: " + String.join("; ", problems)));
    }
}
