package dev.smartdispatcher.operator.health;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.worker.Quarantine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A farm on which builds run beside each other, and some workers or times spoil them. Why a build fails here is not what the book
 * supposes: commits break packages for hours, most failures repeat themselves, and usual times differ by a hundred.
 */
final class SimulatedFarm {
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final SplittableRandom random;
    private final FarmHealth health = new FarmHealth();
    private final Host[] hosts;
    private final Package[] packages;
    private final PriorityQueue<Build> running =
            new PriorityQueue<>((a, b) -> a.end != b.end ? Double.compare(a.end, b.end) : a.job.id.compareTo(b.job.id));
    private final ArrayDeque<Job> again = new ArrayDeque<>();
    private double now;
    private double looked;
    private long ids;

    /** Probability that a build is killed at once, by worker and time. */
    Fault fault = (worker, time) -> 0;
    /** How long after its start a killed build ends, at most, in seconds. */
    double killedWithin = 5;

    int ended;
    int excused;
    int harmed;
    int quarantines;
    double quarantinedSeconds;

    interface Fault {
        double kills(int worker, double time);
    }

    static final class Host {
        final String name;
        int free;
        final int slots;
        int killed;
        int killedBeforeQuarantine = -1;
        Standing standing = Standing.TRUSTED;
        double closedSince = -1;

        Host(String name, int slots) {
            this.name = name;
            this.free = slots;
            this.slots = slots;
        }

        boolean takes() {
            return !standing.isClosed() && (standing.oneAtATime() ? free == slots : free > 0);
        }
    }

    private static final class Package {
        String name;
        double seconds;
        double broken;
        double flaky;
        double fixedAt;
    }

    private static final class Job {
        String id;
        Package made;
        boolean breaks;
        int attempts;
        boolean excused;
        boolean everBad;
        Set<Integer> failedOn = new HashSet<>();
    }

    private record Build(Job job, int number, int host, double start, double end, boolean fails, boolean killed) {}

    SimulatedFarm(long seed, int workers, int slots, int packageCount) {
        random = new SplittableRandom(seed);
        hosts = new Host[workers];
        for (int i = 0; i < workers; i++) {
            hosts[i] = new Host("w" + i, slots);
        }
        packages = new Package[packageCount];
        for (int i = 0; i < packageCount; i++) {
            var p = new Package();
            p.name = "p" + i;
            p.seconds = 10 * Math.pow(10, 2 * random.nextDouble());
            double kind = random.nextDouble();
            p.broken = kind < 0.85 ? 0.03 : kind < 0.97 ? 0.25 : 0.8;
            p.flaky = kind < 0.6 ? 0.005 : 0.03;
            packages[i] = p;
        }
        look();
    }

    Host host(int i) {
        return hosts[i];
    }

    double now() {
        return now;
    }

    /** Until so many attempts have ended in all. */
    void run(int attempts) {
        while (ended < attempts) {
            fill();
            var build = running.poll();
            if (build == null) {
                now += 10;
            } else {
                now = build.end;
                end(build);
            }
            if (now - looked >= 10) {
                look();
            }
        }
    }

    /** A hundred jobs of one broken commit come at once. */
    void breakOne(int times) {
        var p = packages[random.nextInt(packages.length)];
        p.fixedAt = now + 7200;
        for (int i = 0; i < times; i++) {
            again.add(job(p));
        }
    }

    Set<Reason> standings() {
        var all = new HashSet<Reason>();
        Arrays.stream(hosts).forEach(h -> all.add(h.standing.reason()));
        return all;
    }

    private Job job(Package p) {
        var job = new Job();
        job.id = "job-" + ids++;
        job.made = p;
        job.breaks = now < p.fixedAt || random.nextDouble() < p.broken;
        return job;
    }

    private Job next() {
        if (!again.isEmpty()) {
            return again.poll();
        }
        if (random.nextInt(3000) == 0) {
            packages[random.nextInt(packages.length)].fixedAt = now + 600 + random.nextInt(7200);
        }
        // Some packages are built far more often than others, broken ones above all.
        double skew = random.nextDouble();
        return job(packages[(int) (packages.length * skew * skew)]);
    }

    private void fill() {
        for (int failures = 0; failures < 3; ) {
            var job = next();
            int host = pick(job);
            if (host < 0) {
                again.addFirst(job);
                return;
            }
            start(job, host);
            if (running.size() >= hosts.length * hosts[0].slots) {
                failures = 3;
            }
        }
    }

    private int pick(Job job) {
        int from = random.nextInt(hosts.length);
        int second = -1;
        for (int i = 0; i < hosts.length; i++) {
            int host = (from + i) % hosts.length;
            if (hosts[host].takes()) {
                if (!job.failedOn.contains(host)) {
                    return host;
                }
                second = host;
            }
        }
        return job.failedOn.size() < hosts.length ? -1 : second;
    }

    private void start(Job job, int host) {
        hosts[host].free--;
        boolean flaky = random.nextDouble() < job.made.flaky;
        double seconds = job.made.seconds * (0.7 + 0.6 * random.nextDouble());
        boolean killed = random.nextDouble() < fault.kills(host, now);
        boolean bad = job.breaks || flaky;
        job.everBad |= bad;
        if (bad) {
            // A third of what is broken does not even configure.
            seconds *= random.nextInt(3) == 0 ? 0.02 : random.nextDouble();
        }
        if (killed) {
            seconds = Math.min(seconds, killedWithin * random.nextDouble());
        }
        running.add(new Build(job, ++job.attempts, host, now, now + Math.max(1, seconds), bad || killed, killed));
    }

    private void end(Build build) {
        ended++;
        var host = hosts[build.host];
        host.free++;
        if (build.killed && !build.job.everBad) {
            host.killed++;
        }
        var job = build.job;
        var verdict =
                !build.fails ? Verdict.Succeeded : build.killed && random.nextBoolean() ? Verdict.Died : Verdict.Failed;
        health.add(new Ending(
                job.id,
                build.number,
                host.name,
                job.made.name,
                "image",
                time(build.start),
                verdict == Verdict.Died
                        ? Optional.empty()
                        : Optional.of(Duration.ofMillis((long) (1000 * (build.end - build.start)))),
                time(build.end),
                verdict,
                job.id));
        if (build.fails) {
            job.failedOn.add(build.host);
            if (!job.excused && health.excuses(host.name, time(now))) {
                job.excused = true;
                excused++;
                again.add(job);
            } else {
                if (!job.everBad) {
                    harmed++;
                }
                health.forgetJob(job.id);
            }
        } else {
            health.forgetJob(job.id);
        }
        look(build.host);
        if (host.standing.reason() == Reason.Suspect) {
            quarantine();
        }
    }

    private void quarantine() {
        for (var name : health.guilty()) {
            if (health.quarantine(name, any -> true, time(now)).isPresent()) {
                quarantines++;
                int i = Integer.parseInt(name.substring(1));
                if (hosts[i].killedBeforeQuarantine < 0) {
                    hosts[i].killedBeforeQuarantine = hosts[i].killed;
                }
                look(i);
            }
        }
    }

    private void look() {
        looked = now;
        for (int i = 0; i < hosts.length; i++) {
            look(i);
        }
        quarantine();
    }

    private void look(int i) {
        var host = hosts[i];
        host.standing = health.look(
                new FarmHealth.Subject(
                        host.name,
                        host.name,
                        BEGIN.minusSeconds(1),
                        HealthAnnotations.NONE,
                        Quarantine.NONE,
                        since -> false),
                time(now));
        if (host.standing.isClosed() && host.closedSince < 0) {
            host.closedSince = now;
        } else if (!host.standing.isClosed() && host.closedSince >= 0) {
            quarantinedSeconds += now - host.closedSince;
            if (now - host.closedSince < 600 - 20) {
                quarantines--;
            }
            host.closedSince = -1;
        }
    }

    List<String> quarantined() {
        var names = new ArrayList<String>();
        for (var host : hosts) {
            if (host.standing.quarantine().inForce()) {
                names.add(host.name);
            }
        }
        return names;
    }

    private static Instant time(double seconds) {
        return BEGIN.plusSeconds((long) seconds);
    }
}
