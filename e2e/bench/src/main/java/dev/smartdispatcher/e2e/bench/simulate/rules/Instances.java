package dev.smartdispatcher.e2e.bench.simulate.rules;

import dev.smartdispatcher.e2e.bench.simulate.engine.Request;
import dev.smartdispatcher.e2e.bench.simulate.engine.Start;
import dev.smartdispatcher.e2e.bench.simulate.trace.Host;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The instances of a fleet, which of them are idle, and which a job may use. A set of kinds of instances is a bit mask: a
 * kind is a class of hosts and a layout; whole hosts of a kind have a bit of their own.
 */
final class Instances {
    private static final int WHOLE = 32;

    private final List<Host> hosts;
    private final Eligible eligible;
    private final Layout[] layouts;
    private final int[] kinds;
    private final int[] idle;
    private final Map<Integer, List<Host>> byKind;

    Instances(List<Host> hosts, Layout.Style style) {
        this.hosts = hosts;
        eligible = new Eligible(hosts);
        var sizes = hosts.stream().collect(Collectors.groupingBy(Host::kind, Collectors.counting()));
        layouts = hosts.stream()
                .map(h -> Layout.of(h, sizes.get(h.kind()), style))
                .toArray(Layout[]::new);
        var numbers = new HashMap<List<Object>, Integer>();
        kinds = hosts.stream()
                .mapToInt(h -> numbers.computeIfAbsent(List.of(h.kind(), layouts[h.index()]), k -> numbers.size()))
                .toArray();
        if (numbers.size() > WHOLE) {
            throw new IllegalArgumentException("more than " + WHOLE + " kinds of instances");
        }
        idle = Arrays.stream(layouts).mapToInt(Layout::instances).toArray();
        byKind = hosts.stream().collect(Collectors.groupingBy(h -> kinds[h.index()]));
    }

    /** What a job may use: ordinary instances; or strong ones, if it is heavy or no other holds it; or a whole host. */
    long usable(Request request) {
        long ordinary = holding(request, false);
        long strong = holding(request, true);
        if (request.job().heavy() ? strong == 0 && !holdsWhole(request) : ordinary != 0) {
            return ordinary;
        }
        return strong != 0 ? strong : whole(request);
    }

    private boolean holdsWhole(Request request) {
        return whole(request) != 0;
    }

    private long holding(Request request, boolean strong) {
        return mask(h -> {
            var layout = layouts[h.index()];
            return layout.strong() == strong
                    && eligible.on(h, request.target())
                    && request.job().disk() <= h.disk() / layout.instances()
                    && processes(request, layout, h.memory() / layout.instances()) > 0;
        });
    }

    private long whole(Request request) {
        return mask(h -> eligible.on(h, request.target())
                        && request.job().disk() <= h.disk()
                        && request.memory().map(m -> m.at(1) <= h.memory()).orElse(true))
                << WHOLE;
    }

    private long mask(Predicate<Host> holds) {
        long mask = 0;
        for (var kind : byKind.entrySet()) {
            if (holds.test(kind.getValue().get(0))) {
                mask |= 1L << kind.getKey();
            }
        }
        return mask;
    }

    /** The instances of which one is idle, and the whole hosts. */
    long idle() {
        long mask = 0;
        for (var host : hosts) {
            int h = host.index();
            if (idle[h] > 0) {
                mask |= 1L << kinds[h];
                if (idle[h] == layouts[h].instances()) {
                    mask |= 1L << kinds[h] + WHOLE;
                }
            }
        }
        return mask;
    }

    /** Starts a job where the preference is highest; of equal ones on the first in fleet order. */
    Start start(Request request, long usable, ToDoubleFunction<Host> preference) {
        Host best = null;
        for (var host : hosts) {
            if (takes(host, usable)
                    && (best == null || preference.applyAsDouble(host) > preference.applyAsDouble(best))) {
                best = host;
            }
        }
        int h = best.index();
        boolean whole = (usable & 1L << kinds[h] + WHOLE) != 0;
        int taken = whole ? layouts[h].instances() : 1;
        idle[h] -= taken;
        long memory = best.memory() / layouts[h].instances() * taken;
        int processes =
                whole ? processes(request, new Layout(1, 8, true), memory) : processes(request, layouts[h], memory);
        return new Start(
                request, best, Math.min(processes, best.cores()), memory, best.disk() / layouts[h].instances() * taken);
    }

    private boolean takes(Host host, long usable) {
        int h = host.index();
        return (usable & 1L << kinds[h]) != 0 && idle[h] > 0
                || (usable & 1L << kinds[h] + WHOLE) != 0 && idle[h] == layouts[h].instances();
    }

    /** The instances that a start took are idle again. */
    void end(Start start) {
        int h = start.host().index();
        long one = start.host().memory() / layouts[h].instances();
        idle[h] += (int) (start.memory() / one);
    }

    /** The share of a host's instances that are idle. */
    double idleShare(Host host) {
        return (double) idle[host.index()] / layouts[host.index()].instances();
    }

    private static int processes(Request request, Layout layout, long memory) {
        if (layout.strong()) {
            return request.memory()
                    .map(m -> m.processesIn(memory, layout.processes()))
                    .orElse(layout.processes());
        }
        return request.memory().map(m -> m.at(layout.processes()) <= memory).orElse(true) ? layout.processes() : 0;
    }
}
