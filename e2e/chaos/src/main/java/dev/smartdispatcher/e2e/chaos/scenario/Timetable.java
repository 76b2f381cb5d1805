package dev.smartdispatcher.e2e.chaos.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What happens when, by a seed alone.
 *
 * @param leaders one fault after the other, {@link #LEADER_PERIOD} apart
 * @param farm faults of the farm, in order
 * @param jobs times of the jobs' creations, in order
 */
record Timetable(List<LeaderFault> leaders, List<FarmStep> farm, List<Duration> jobs) {
    /** A replica takes over within 19 s: so each leader gets to lead. */
    static final Duration LEADER_PERIOD = Duration.ofSeconds(25);

    /** A fault of the farm at a time from the beginning, with its own seed. */
    record FarmStep(Duration at, FarmFault fault, long seed) {}

    static Timetable of(Settings settings) {
        var random = new Random(settings.seed());
        return new Timetable(leaders(settings, random), farm(settings, random), jobs(settings, random));
    }

    /** Half of them kills. The first few are one of each kind, so that a short run has most. */
    private static List<LeaderFault> leaders(Settings settings, Random random) {
        long number = Math.max(1, settings.length().dividedBy(LEADER_PERIOD));
        var faults = new ArrayList<LeaderFault>();
        while (faults.size() < number) {
            var round = new ArrayList<>(List.of(LeaderFault.values()));
            Collections.shuffle(round, random);
            for (var fault : round) {
                faults.add(fault);
                if (fault != LeaderFault.KILL && random.nextInt(5) < 4) {
                    faults.add(LeaderFault.KILL);
                }
            }
        }
        return List.copyOf(faults.subList(0, (int) number));
    }

    private static List<FarmStep> farm(Settings settings, Random random) {
        var steps = new ArrayList<FarmStep>();
        var bag = new ArrayList<FarmFault>();
        for (int i = 0; i < settings.faults(); i++) {
            if (bag.isEmpty()) {
                bag.addAll(List.of(FarmFault.values()));
                Collections.shuffle(bag, random);
            }
            steps.add(new FarmStep(
                    settings.length().multipliedBy(i).dividedBy(settings.faults()),
                    bag.remove(bag.size() - 1),
                    random.nextLong()));
        }
        return List.copyOf(steps);
    }

    private static List<Duration> jobs(Settings settings, Random random) {
        var times = new ArrayList<Duration>();
        for (int i = 0; i < settings.jobs(); i++) {
            times.add(Duration.ofMillis((long) (settings.length().toMillis() * random.nextDouble())));
        }
        Collections.sort(times);
        return List.copyOf(times);
    }
}
