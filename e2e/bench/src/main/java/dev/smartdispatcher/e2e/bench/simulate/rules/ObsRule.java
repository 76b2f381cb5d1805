package dev.smartdispatcher.e2e.bench.simulate.rules;

import dev.smartdispatcher.e2e.bench.simulate.engine.Attempt;
import dev.smartdispatcher.e2e.bench.simulate.engine.Farm;
import dev.smartdispatcher.e2e.bench.simulate.engine.Request;
import dev.smartdispatcher.e2e.bench.simulate.engine.Rule;
import dev.smartdispatcher.e2e.bench.simulate.engine.Start;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * The Open Build Service's rule: fixed instances; the tenant with the lowest load first, in it order of arrival; each job to
 * the host of which the largest share is idle.
 */
public final class ObsRule implements Rule {
    private final Instances instances;
    private final Map<Integer, TenantQueue> queues = new TreeMap<>();
    private final Map<Integer, TenantLoad> loads = new TreeMap<>();

    /** As an admin cut the hosts. */
    public static ObsRule instanceEachCore(Farm farm) {
        return new ObsRule(farm, Layout.Style.OBS);
    }

    /** With an instance for each two cores. */
    public static ObsRule twoProcesses(Farm farm) {
        return new ObsRule(farm, Layout.Style.OBS2);
    }

    /** With an instance for each four cores. */
    public static ObsRule fourProcesses(Farm farm) {
        return new ObsRule(farm, Layout.Style.OBS4);
    }

    private ObsRule(Farm farm, Layout.Style style) {
        instances = new Instances(farm.hosts(), style);
    }

    @Override
    public void arrived(Request request) {
        queues.computeIfAbsent(request.job().tenant(), t -> new TenantQueue()).add(request, instances.usable(request));
        loads.computeIfAbsent(request.job().tenant(), t -> new TenantLoad());
    }

    @Override
    public void ended(Attempt attempt) {
        instances.end(attempt.start());
        load(attempt.start()).ended(attempt.end());
    }

    @Override
    public List<Start> decide(double now) {
        var starts = new ArrayList<Start>();
        var tenants = new PriorityQueue<Integer>(
                Comparator.comparingDouble((Integer t) -> loads.get(t).at(now)).thenComparing(t -> t));
        tenants.addAll(queues.keySet());
        while (!tenants.isEmpty()) {
            int tenant = tenants.poll();
            var head = queues.get(tenant).first(instances.idle());
            if (head.isPresent()) {
                queues.get(tenant).remove(head.get());
                var start = instances.start(head.get().request(), head.get().usable(), instances::idleShare);
                load(start).started(now);
                starts.add(start);
                tenants.add(tenant);
            }
        }
        return starts;
    }

    private TenantLoad load(Start start) {
        return loads.get(start.request().job().tenant());
    }
}
