package dev.smartdispatcher.e2e.bench.simulate.rules;

import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.e2e.bench.simulate.trace.Host;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which hosts a baseline uses for a target: those that build it natively, by a personality or across, all alike; those
 * that emulate it only if there is no other.
 */
final class Eligible {
    private final Map<Architecture, BitSet> hosts = new EnumMap<>(Architecture.class);

    Eligible(List<Host> all) {
        for (var target : Architecture.values()) {
            var direct = new BitSet();
            var emulated = new BitSet();
            for (var host : all) {
                host.mode(target).ifPresent(mode -> (mode == Mode.Emulated ? emulated : direct).set(host.index()));
            }
            hosts.put(target, direct.isEmpty() ? emulated : direct);
        }
    }

    boolean on(Host host, Architecture target) {
        return hosts.get(target).get(host.index());
    }
}
