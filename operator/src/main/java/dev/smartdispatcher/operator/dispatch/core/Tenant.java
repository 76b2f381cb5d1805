package dev.smartdispatcher.operator.dispatch.core;

import dev.smartdispatcher.operator.dispatch.share.Share;
import dev.smartdispatcher.operator.dispatch.share.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** A tenant: its lanes, and what it has of the farm. */
final class Tenant {
    /** The poorest first. */
    static final Comparator<Tenant> POOREST =
            Comparator.comparingDouble((Tenant t) -> t.load).thenComparing(t -> t.name);

    final String name;
    final Map<Demand, Lane> lanes = new LinkedHashMap<>();
    /** The lanes that take part in a round, by their candidates. */
    final PriorityQueue<Lane> round = new PriorityQueue<>((a, b) -> Entry.ORDER.compare(a.candidate(), b.candidate()));
    /** The lanes that are to take part in the round. */
    final List<Lane> called = new ArrayList<>();

    Share share;
    Usage usage;
    long runningMillis;
    int jobs;
    /** Of the last time it was asked for. */
    double load;

    private boolean started;
    /** Whether it was at its limit when its jobs were last told why they wait. */
    boolean toldLimited;

    Tenant(String name, Share share, Usage usage) {
        this.name = name;
        this.share = share;
        this.usage = usage;
    }

    boolean mayStart() {
        return jobs < share.maxJobs();
    }

    /** How many more of its jobs may start. */
    int startable() {
        return Math.max(0, share.maxJobs() - jobs);
    }

    /** The walks through its lanes begin, if they have not yet. */
    void start() {
        if (!started) {
            started = true;
            for (var lane : called) {
                lane.start();
                if (lane.candidate() != null) {
                    round.add(lane);
                }
            }
        }
    }

    /** A round is over. */
    void dismiss() {
        started = false;
        called.clear();
        round.clear();
    }

    /** The place of a job among all of the tenant that wait, from 1. */
    int position(Entry entry) {
        int before = 0;
        for (var lane : lanes.values()) {
            before += lane.ready.before(entry) + lane.parked.before(entry);
        }
        return before + 1;
    }
}
