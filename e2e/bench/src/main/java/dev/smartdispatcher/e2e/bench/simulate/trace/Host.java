package dev.smartdispatcher.e2e.bench.simulate.trace;

import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.util.Map;
import java.util.Optional;

/**
 * A simulated host.
 *
 * @param index in fleet order, from 0
 * @param kind number of its class
 * @param placeInKind among the hosts of its class, from 0
 * @param memory bytes
 * @param disk bytes
 * @param speed of one thread, 100 is ordinary
 */
public record Host(
        int index,
        int kind,
        int placeInKind,
        Architecture arch,
        int cores,
        long memory,
        long disk,
        double speed,
        Map<Architecture, Mode> targets) {

    /** How a target is built here, if it can be. */
    public Optional<Mode> mode(Architecture target) {
        return Optional.ofNullable(targets.get(target));
    }

    /** Its name, in fleet order. */
    public String name() {
        return "host-%04d".formatted(index);
    }
}
