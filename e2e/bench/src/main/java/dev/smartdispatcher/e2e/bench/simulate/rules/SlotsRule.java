package dev.smartdispatcher.e2e.bench.simulate.rules;

import dev.smartdispatcher.e2e.bench.simulate.engine.Attempt;
import dev.smartdispatcher.e2e.bench.simulate.engine.Farm;
import dev.smartdispatcher.e2e.bench.simulate.engine.Request;
import dev.smartdispatcher.e2e.bench.simulate.engine.Rule;
import dev.smartdispatcher.e2e.bench.simulate.engine.Start;
import java.util.ArrayList;
import java.util.List;

/** Fixed instances of one process a core: order of arrival, the first host in fleet order. */
public final class SlotsRule implements Rule {
    private final Instances instances;
    private final TenantQueue queue = new TenantQueue();

    public SlotsRule(Farm farm) {
        instances = new Instances(farm.hosts(), Layout.Style.SLOTS);
    }

    @Override
    public void arrived(Request request) {
        queue.add(request, instances.usable(request));
    }

    @Override
    public void ended(Attempt attempt) {
        instances.end(attempt.start());
    }

    @Override
    public List<Start> decide(double now) {
        var starts = new ArrayList<Start>();
        for (var head = queue.first(instances.idle()); head.isPresent(); head = queue.first(instances.idle())) {
            queue.remove(head.get());
            starts.add(instances.start(head.get().request(), head.get().usable(), host -> 0));
        }
        return starts;
    }
}
