package dev.smartdispatcher.e2e.bench.simulate.rules;

import dev.smartdispatcher.e2e.bench.simulate.engine.Attempt;
import dev.smartdispatcher.e2e.bench.simulate.engine.Farm;
import dev.smartdispatcher.e2e.bench.simulate.engine.Request;
import dev.smartdispatcher.e2e.bench.simulate.engine.Rule;
import dev.smartdispatcher.e2e.bench.simulate.engine.Start;
import dev.smartdispatcher.e2e.bench.simulate.trace.Host;
import dev.smartdispatcher.e2e.bench.simulate.trace.Memory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Order of arrival, the first host in fleet order that fits, N as large as fits and at most {@value #MOST}; hosts are
 * accounted as a whole. A job that does not fit now is passed over.
 */
public final class FifoRule implements Rule {
    private static final int MOST = 4;

    private final List<Host> hosts;
    private final Memory missing;
    private final Eligible eligible;
    private final int[] cores;
    private final long[] memory;
    private final long[] disk;
    private final TreeSet<Request> queue = new TreeSet<>(Comparator.comparingInt(Request::index));
    /** What did not fit at the last look can only fit where something ended since; what is new, anywhere. */
    private final Set<Integer> fresh = new TreeSet<>();

    private final Set<Integer> freed = new TreeSet<>();

    public FifoRule(Farm farm) {
        hosts = farm.hosts();
        missing = farm.missing();
        eligible = new Eligible(hosts);
        cores = hosts.stream().mapToInt(Host::cores).toArray();
        memory = hosts.stream().mapToLong(Host::memory).toArray();
        disk = hosts.stream().mapToLong(Host::disk).toArray();
    }

    @Override
    public void arrived(Request request) {
        queue.add(request);
        fresh.add(request.index());
    }

    @Override
    public void ended(Attempt attempt) {
        account(attempt.start(), 1);
        freed.add(attempt.start().host().index());
    }

    @Override
    public List<Start> decide(double now) {
        var starts = new ArrayList<Start>();
        var emptied = new ArrayList<>(freed.stream().map(hosts::get).toList());
        for (var each = queue.iterator(); each.hasNext() && !(emptied.isEmpty() && fresh.isEmpty()); ) {
            var request = each.next();
            var start = first(request, fresh.remove(request.index()) ? hosts : emptied);
            if (start != null) {
                account(start, -1);
                starts.add(start);
                each.remove();
                emptied.removeIf(host -> cores[host.index()] == 0);
            }
        }
        freed.clear();
        return starts;
    }

    private Start first(Request request, List<Host> among) {
        var need = request.memory().orElse(missing);
        int most = Math.min(MOST, request.job().maxProcesses());
        for (var host : among) {
            int h = host.index();
            if (cores[h] > 0 && request.job().disk() <= disk[h] && eligible.on(host, request.target())) {
                int n = need.processesIn(memory[h], Math.min(most, cores[h]));
                if (n > 0) {
                    return new Start(request, host, n, need.at(n), request.job().disk());
                }
            }
        }
        return null;
    }

    private void account(Start start, int sign) {
        int host = start.host().index();
        cores[host] += sign * start.processes();
        memory[host] += sign * start.memory();
        disk[host] += sign * start.disk();
    }
}
