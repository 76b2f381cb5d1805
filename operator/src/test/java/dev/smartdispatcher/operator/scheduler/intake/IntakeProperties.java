package dev.smartdispatcher.operator.scheduler.intake;

import static dev.smartdispatcher.operator.scheduler.testing.Farm.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.cycle.CyclePhase;
import dev.smartdispatcher.operator.scheduler.cycle.Scheduler;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import dev.smartdispatcher.operator.scheduler.testing.Farm;
import dev.smartdispatcher.operator.testing.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IntakeProperties {
    private static final IntakeLimits SMALL = new IntakeLimits(3, 2, 40);
    private static final int SPEEDS = 12;

    private final Map<String, PendingJob> waiting = new HashMap<>();
    private final List<Claim> running = new ArrayList<>();

    private static PendingJob random(Random random, int number) {
        var job = Farm.sized(Farm.job("j" + number), 1, 1 + random.nextInt(3));
        return Farm.of(
                "t" + random.nextInt(3),
                Farm.with(job, Requirements.of(Architecture.x86_64).withMinSpeed(1 + random.nextInt(SPEEDS))));
    }

    private static Scheduler farm(Random random) {
        var scheduler = new Scheduler(ModePenalty.STANDARD, Shares.STANDARD, NOW);
        for (int i = 0; i < 3; i++) {
            scheduler.put(Farm.worker("w" + i, Architecture.x86_64, 1 + random.nextInt(4), 64)
                    .withMeasuredSpeed(OptionalInt.of(random.nextInt(SPEEDS + 1))));
        }
        // One that can serve all: whatever waits can start in the end.
        scheduler.put(Farm.worker("all", Architecture.x86_64, 3, 64).withMeasuredSpeed(OptionalInt.of(SPEEDS)));
        return scheduler;
    }

    private void cycle(Scheduler scheduler, Intake admission, Instant now) {
        var placements = scheduler.runCycle(now, 5, CyclePhase.Listener.NONE).placements();
        for (var job : placements.stream().map(Placement::job).toList()) {
            assertThat(admission.isHeld(job.key().uid())).isFalse();
            admission.remove(job.tenant(), job.key().uid());
            waiting.remove(job.key().uid());
        }
        placements.stream().map(Placement::claim).forEach(running::add);
    }

    /** Each job that waits is either known to the dispatcher or held, and there are no others. */
    private void check(Scheduler scheduler, Intake admission) {
        var held = admission.held().toList();
        assertThat(held).doesNotHaveDuplicates();
        assertThat(waiting.keySet()).containsAll(held);
        assertThat(scheduler.waiting()).isEqualTo(waiting.size() - held.size());
        var known = new HashMap<String, Set<Requirements>>();
        waiting.values().stream().filter(job -> !held.contains(job.key().uid())).forEach(job -> known.computeIfAbsent(
                        job.tenant(), t -> new HashSet<>())
                .add(job.requirements()));
        assertThat(known.values()).allSatisfy(classes -> assertThat(classes.size())
                .isLessThanOrEqualTo(SMALL.standing() + SMALL.passing()));
    }

    @Test
    void noJobIsLostAndEachStartsInTheEnd() {
        Seeds.check(300, random -> {
            waiting.clear();
            running.clear();
            var scheduler = farm(random);
            var admission = new Intake(scheduler, SMALL);
            var now = NOW;
            for (int step = 0; step < 150; step++) {
                now = now.plusSeconds(random.nextInt(20));
                switch (random.nextInt(6)) {
                    case 0, 1, 2 -> {
                        var job = random(random, random.nextInt(60));
                        boolean runs = running.stream()
                                .anyMatch(c -> c.id().jobUid().equals(job.key().uid()));
                        var before = waiting.get(job.key().uid());
                        if (!runs && (before == null || before.tenant().equals(job.tenant()))) {
                            admission.put(job);
                            waiting.put(job.key().uid(), job);
                        }
                    }
                    case 3 ->
                        waiting.values().stream().findAny().ifPresent(job -> {
                            admission.remove(job.tenant(), job.key().uid());
                            waiting.remove(job.key().uid());
                        });
                    case 4 -> end(scheduler, random);
                    default -> {
                        cycle(scheduler, admission, now);
                        admission.look(now);
                    }
                }
                check(scheduler, admission);
            }
            for (int i = 0; i < 2000 && !waiting.isEmpty(); i++) {
                now = now.plusSeconds(10);
                cycle(scheduler, admission, now);
                admission.look(now);
                end(scheduler, random);
            }
            assertThat(waiting).isEmpty();
            assertThat(admission.held()).isEmpty();
        });
    }

    private void end(Scheduler scheduler, Random random) {
        if (!running.isEmpty()) {
            var claim = running.remove(random.nextInt(running.size()));
            scheduler.release(claim.id(), claim.worker());
        }
    }
}
