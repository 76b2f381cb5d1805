package dev.smartdispatcher.e2e.bench.simulate.trace;

import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.arch.Quantities;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/** The fleet of a trace for a seed. */
public final class Hosts {
    private Hosts() {}

    /** All hosts, in fleet order: class by class. */
    public static List<Host> of(Trace trace, Streams streams) {
        var speeds = streams.of(Streams.Purpose.SPEED);
        var hosts = new ArrayList<Host>();
        int kind = 0;
        for (var c : trace.fleet().classes()) {
            var targets = new EnumMap<Architecture, Mode>(Architecture.class);
            c.targets().forEach(t -> targets.put(t.arch(), t.mode()));
            long count = Math.round(c.share() * trace.fleet().workers());
            for (int i = 0; i < count; i++) {
                double speed = c.speed()[0] + speeds.nextDouble() * (c.speed()[1] - c.speed()[0]);
                hosts.add(new Host(
                        hosts.size(),
                        kind,
                        i,
                        c.hostArch(),
                        c.cores(),
                        Quantities.bytes(c.memory()),
                        Quantities.bytes(c.disk()),
                        speed,
                        targets));
            }
            kind++;
        }
        return List.copyOf(hosts);
    }
}
