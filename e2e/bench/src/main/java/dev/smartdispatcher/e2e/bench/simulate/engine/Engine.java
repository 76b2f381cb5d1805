package dev.smartdispatcher.e2e.bench.simulate.engine;

import dev.smartdispatcher.e2e.bench.simulate.trace.Job;
import dev.smartdispatcher.e2e.bench.simulate.trace.Streams;
import dev.smartdispatcher.e2e.bench.simulate.trace.Streams.Purpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Runs a farm under a rule, from event to event: arrivals and ends of attempts. Deterministic: the same farm, seed and rule
 * give the same run, and whether and when an attempt would be killed does not depend on what other jobs do.
 */
public final class Engine {
    private final Farm farm;
    private final Rule rule;
    private final Streams streams;
    private final HostRooms rooms;
    private final PriorityQueue<Attempt> running = new PriorityQueue<>(Comparator.comparingDouble(Attempt::end)
            .thenComparingInt(a -> a.start().request().index()));
    private final List<Attempt> over = new ArrayList<>();
    private int waiting;

    private Engine(Farm farm, Rule rule, Streams streams) {
        this.farm = farm;
        this.rule = rule;
        this.streams = streams;
        rooms = new HostRooms(farm.hosts());
    }

    /** From the first arrival to the last end. Throws {@link IllegalStateException} if the rule overcommits or stalls. */
    public static Run run(Farm farm, Rule rule, Streams streams) {
        return new Engine(farm, rule, streams).run();
    }

    private Run run() {
        var leftOut = farm.jobs().stream().filter(job -> !farm.canHold(job)).toList();
        var arrivals = farm.jobs().stream().filter(farm::canHold).toList();
        int next = 0;
        while (next < arrivals.size() || !running.isEmpty()) {
            double now = Math.min(
                    next < arrivals.size() ? arrivals.get(next).arrival() : Double.POSITIVE_INFINITY,
                    running.isEmpty()
                            ? Double.POSITIVE_INFINITY
                            : running.peek().end());
            while (!running.isEmpty() && running.peek().end() == now) {
                end(running.poll());
            }
            while (next < arrivals.size() && arrivals.get(next).arrival() == now) {
                arrive(Request.first(arrivals.get(next)));
                next++;
            }
            rule.decide(now).forEach(start -> start(start, now));
        }
        if (waiting > 0) {
            throw new IllegalStateException(waiting + " jobs wait for nothing");
        }
        return new Run(farm, List.copyOf(over), leftOut);
    }

    private void arrive(Request request) {
        waiting++;
        rule.arrived(request);
    }

    private void start(Start start, double now) {
        waiting--;
        rooms.take(start);
        running.add(attempt(start, now));
    }

    private Attempt attempt(Start start, double now) {
        var request = start.request();
        Job job = request.job();
        double seconds = farm.seconds(job, start.host(), start.processes());
        boolean killed = start.memory() < job.memory().at(start.processes());
        if (killed) {
            seconds *= streams.at(Purpose.KILL, job.index(), request.attempt());
        }
        return new Attempt(start, now, now + seconds, killed);
    }

    private void end(Attempt attempt) {
        over.add(attempt);
        rooms.give(attempt.start());
        rule.ended(attempt);
        if (attempt.killed()) {
            var request = attempt.start().request();
            arrive(request.after(attempt, farm.missing(), farm.mostMemory(request.job())));
        }
    }
}
