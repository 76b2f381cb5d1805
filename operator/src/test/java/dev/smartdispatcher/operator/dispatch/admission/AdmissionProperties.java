package dev.smartdispatcher.operator.dispatch.admission;

import static dev.smartdispatcher.operator.dispatch.pass.Farm.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.dispatch.core.Dispatcher;
import dev.smartdispatcher.operator.dispatch.core.Phase;
import dev.smartdispatcher.operator.dispatch.fleet.Claim;
import dev.smartdispatcher.operator.dispatch.match.Requirements;
import dev.smartdispatcher.operator.dispatch.pass.Farm;
import dev.smartdispatcher.operator.dispatch.pass.Placement;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import dev.smartdispatcher.operator.dispatch.share.Shares;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AdmissionProperties {
    private static final Limits SMALL = new Limits(3, 2, 40);
    private static final int SPEEDS = 12;

    private final Map<String, PendingJob> waiting = new HashMap<>();
    private final List<Claim> running = new ArrayList<>();

    private static PendingJob random(Random random, int number) {
        var job = Farm.sized(Farm.job("j" + number), 1, 1 + random.nextInt(3));
        return Farm.of(
                "t" + random.nextInt(3),
                Farm.with(job, Requirements.of(Architecture.x86_64).withMinSpeed(1 + random.nextInt(SPEEDS))));
    }

    private static Dispatcher farm(Random random) {
        var dispatcher = new Dispatcher(ModePenalty.STANDARD, Shares.STANDARD, NOW);
        for (int i = 0; i < 3; i++) {
            dispatcher.put(Farm.worker("w" + i, Architecture.x86_64, 1 + random.nextInt(4), 64)
                    .withMeasuredSpeed(OptionalInt.of(random.nextInt(SPEEDS + 1))));
        }
        // One that can serve all: whatever waits can start in the end.
        dispatcher.put(Farm.worker("all", Architecture.x86_64, 3, 64).withMeasuredSpeed(OptionalInt.of(SPEEDS)));
        return dispatcher;
    }

    private void pass(Dispatcher dispatcher, Admission admission, Instant now) {
        var placements = dispatcher.pass(now, 5, Phase.Listener.NONE).placements();
        for (var job : placements.stream().map(Placement::job).toList()) {
            assertThat(admission.isHeld(job.key().uid())).isFalse();
            admission.remove(job.tenant(), job.key().uid());
            waiting.remove(job.key().uid());
        }
        placements.stream().map(Placement::claim).forEach(running::add);
    }

    /** Each job that waits is either known to the dispatcher or held, and there are no others. */
    private void check(Dispatcher dispatcher, Admission admission) {
        var held = admission.held().toList();
        assertThat(held).doesNotHaveDuplicates();
        assertThat(waiting.keySet()).containsAll(held);
        assertThat(dispatcher.waiting()).isEqualTo(waiting.size() - held.size());
        var known = new HashMap<String, Set<Requirements>>();
        waiting.values().stream().filter(job -> !held.contains(job.key().uid())).forEach(job -> known.computeIfAbsent(
                        job.tenant(), t -> new HashSet<>())
                .add(job.requirements()));
        assertThat(known.values()).allSatisfy(classes -> assertThat(classes.size())
                .isLessThanOrEqualTo(SMALL.standing() + SMALL.passing()));
    }

    @Property(tries = 300)
    void noJobIsLostAndEachStartsInTheEnd(@ForAll long seed) {
        var random = new Random(seed);
        var dispatcher = farm(random);
        var admission = new Admission(dispatcher, SMALL);
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
                case 4 -> end(dispatcher, random);
                default -> {
                    pass(dispatcher, admission, now);
                    admission.look(now);
                }
            }
            check(dispatcher, admission);
        }
        for (int i = 0; i < 2000 && !waiting.isEmpty(); i++) {
            now = now.plusSeconds(10);
            pass(dispatcher, admission, now);
            admission.look(now);
            end(dispatcher, random);
        }
        assertThat(waiting).isEmpty();
        assertThat(admission.held()).isEmpty();
        waiting.clear();
        running.clear();
    }

    private void end(Dispatcher dispatcher, Random random) {
        if (!running.isEmpty()) {
            var claim = running.remove(random.nextInt(running.size()));
            dispatcher.release(claim.id(), claim.worker());
        }
    }
}
