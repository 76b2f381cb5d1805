package dev.smartdispatcher.operator.scheduler.fairshare;

import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Optional;
import java.util.PriorityQueue;

/** In which order jobs of several tenants will start, as far as that can be said: each time the poorest tenant's first one. */
public final class FairShareOrder {
    private final Shares shares;
    private final PriorityQueue<Line> lines =
            new PriorityQueue<>(Comparator.comparingDouble((Line l) -> l.load).thenComparing(l -> l.tenant));

    public FairShareOrder(Shares shares) {
        this.shares = shares;
    }

    /** The jobs of one tenant, and what it has. */
    private static final class Line {
        private final String tenant;
        private final double usedSeconds;
        private final Iterator<PendingJob> jobs;
        private long chargedMillis;
        private int running;
        private double load;

        private Line(String tenant, double usedSeconds, Iterator<PendingJob> jobs) {
            this.tenant = tenant;
            this.usedSeconds = usedSeconds;
            this.jobs = jobs;
        }
    }

    /**
     * A tenant takes part.
     *
     * @param running jobs that it has on workers
     * @param chargedMillis millicores allocated to these, and kept for others
     * @param usedSeconds its decayed usage, in CPU seconds
     * @param jobs that wait and that some worker could host, in the tenant's order
     */
    public void add(String tenant, int running, long chargedMillis, double usedSeconds, Iterator<PendingJob> jobs) {
        var line = new Line(tenant, usedSeconds, jobs);
        line.running = running;
        line.chargedMillis = chargedMillis;
        queue(line);
    }

    private void queue(Line line) {
        if (line.running < shares.of(line.tenant).maxJobs() && line.jobs.hasNext()) {
            line.load = shares.load(line.tenant, line.chargedMillis, line.usedSeconds);
            lines.add(line);
        }
    }

    /** Whose turn it is; empty if nobody's. */
    public Optional<PendingJob> next() {
        return Optional.ofNullable(lines.poll()).map(line -> {
            var job = line.jobs.next();
            line.running++;
            line.chargedMillis += job.envelope().smallest().cpuMillis();
            queue(line);
            return job;
        });
    }
}
