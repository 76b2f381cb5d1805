package dev.smartdispatcher.operator.packages;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;

/**
 * What follows from an environment alone, computed once and kept while that environment is in memory. Equal environments share it.
 *
 * @param <V> must not refer to the environment, which would then never be dropped
 */
final class PerEnvironment<V> {
    private final Map<BuildEnvironmentSpec, V> known = Collections.synchronizedMap(new WeakHashMap<>());
    private final Function<BuildEnvironmentSpec, V> compute;

    PerEnvironment(Function<BuildEnvironmentSpec, V> compute) {
        this.compute = compute;
    }

    V of(BuildEnvironmentSpec environment) {
        var value = known.get(environment);
        if (value == null) {
            value = compute.apply(environment);
            known.put(environment, value);
        }
        return value;
    }
}
