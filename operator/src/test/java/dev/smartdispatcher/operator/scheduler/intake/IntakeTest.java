package dev.smartdispatcher.operator.scheduler.intake;

import static dev.smartdispatcher.operator.scheduler.testing.Farm.NOW;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.job;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.of;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.sized;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.with;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.cycle.CyclePhase;
import dev.smartdispatcher.operator.scheduler.cycle.Scheduler;
import dev.smartdispatcher.operator.scheduler.fairshare.Share;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.filter.Requirements;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class IntakeTest {
    /** Two classes that stay, one that passes, and no bound on the looks of a small farm. */
    private static final IntakeLimits SMALL = new IntakeLimits(2, 1, 1000);

    private final Scheduler scheduler = new Scheduler(ModePenalty.STANDARD, Shares.STANDARD, NOW);
    private Intake admission = new Intake(scheduler, SMALL);
    private Instant now = NOW;

    private static Worker fast(String name, int cores, int speed) {
        return worker(name, Architecture.x86_64, cores, 64).withMeasuredSpeed(OptionalInt.of(speed));
    }

    /** A job of a core and of a class of its own for each speed. */
    private static PendingJob wanting(String name, int speed) {
        return sized(with(job(name), Requirements.of(Architecture.x86_64).withMinSpeed(speed)), 1, 1);
    }

    private List<String> cycle() {
        var placed = scheduler.runCycle(now, Scheduler.MOST_AT_ONCE, CyclePhase.Listener.NONE).placements().stream()
                .map(p -> p.job().key())
                .toList();
        placed.forEach(key -> admission.remove(key.namespace(), key.uid()));
        return placed.stream().map(k -> k.name()).toList();
    }

    private List<String> held() {
        return admission.held().toList();
    }

    private void end(String job, String worker) {
        scheduler.release(new Claim.AttemptId("uid-" + job, 1), worker);
    }

    @Test
    void theDispatcherKnowsSoManyClassesOfATenant() {
        for (int i = 1; i <= 4; i++) {
            admission.put(wanting("a" + i, i));
            admission.put(wanting("b" + i, i));
        }
        assertThat(scheduler.waiting()).isEqualTo(4);
        assertThat(held()).containsExactly("uid-a3", "uid-b3", "uid-a4", "uid-b4");
        assertThat(admission.isHeld("uid-a3")).isTrue();
        assertThat(admission.isHeld("uid-a2")).isFalse();
        assertThat(admission.heldJobs(job("a1").tenant())).isEqualTo(4);
        assertThat(admission.heldJobs("nobody")).isZero();
    }

    @Test
    void anotherTenantIsNotConcerned() {
        for (int i = 1; i <= 4; i++) {
            admission.put(wanting("a" + i, i));
        }
        admission.put(of("other", wanting("o", 9)));
        scheduler.put(fast("w", 1, 9));
        assertThat(admission.isHeld("uid-o")).isFalse();
    }

    @Test
    void aClassFollowsWhenAnotherHasNoJobsAnyMore() {
        for (int i = 1; i <= 3; i++) {
            admission.put(wanting("a" + i, i));
        }
        admission.remove("ns", "uid-a1");
        assertThat(held()).isEmpty();
        scheduler.put(fast("w", 8, 9));
        assertThat(cycle()).containsExactlyInAnyOrder("a2", "a3");
    }

    @Test
    void aJobIsInTheClassOfItsRequirementsNow() {
        admission.put(wanting("a1", 1));
        admission.put(wanting("a2", 2));
        admission.put(wanting("b2", 2));
        admission.put(wanting("b2", 3));
        assertThat(held()).containsExactly("uid-b2");
        assertThat(scheduler.waiting()).isEqualTo(2);
        admission.put(wanting("b2", 1));
        assertThat(held()).isEmpty();
        assertThat(scheduler.waiting()).isEqualTo(3);
    }

    /** The classes that stay wait for workers that there are not. */
    @Test
    void whatCouldStartIsNotHeldByWhatCannot() {
        scheduler.put(fast("w", 2, 50));
        admission.put(wanting("never1", 91));
        admission.put(wanting("never2", 92));
        admission.put(wanting("never3", 93));
        admission.put(wanting("a", 1));
        admission.put(wanting("b", 2));
        assertThat(cycle()).isEmpty();
        assertThat(admission.look(now)).isTrue();
        assertThat(cycle()).containsExactly("a");
        assertThat(admission.look(now)).isTrue();
        assertThat(cycle()).containsExactly("b");
        assertThat(admission.look(now)).isFalse();
        assertThat(held()).containsExactly("uid-never3");
    }

    @Test
    void nobodyIsLookedAtAgainBeforeMoreCanStart() {
        scheduler.put(fast("w", 1, 50));
        for (int i = 1; i <= 4; i++) {
            admission.put(wanting("a" + i, i));
        }
        assertThat(cycle()).hasSize(1);
        assertThat(admission.isBehind()).isTrue();
        assertThat(admission.look(now)).isFalse();
        assertThat(admission.isBehind()).isFalse();
        end("a1", "w");
        admission.remove("ns", "uid-a2");
        admission.remove("ns", "uid-a3");
        assertThat(held()).isEmpty();
        assertThat(cycle()).containsExactly("a4");
    }

    @Test
    void aLookAfterAPassHasABound() {
        admission = new Intake(scheduler, new IntakeLimits(2, 1, 10));
        for (int i = 0; i < 4; i++) {
            scheduler.put(fast("w" + i, 1, 50));
        }
        for (int i = 1; i <= 6; i++) {
            admission.put(wanting("a" + i, 100 + i));
        }
        cycle();
        admission.look(now);
        assertThat(admission.isBehind()).isTrue();
        admission.look(now);
        assertThat(admission.isBehind()).isFalse();
    }

    @Test
    void aTenantAtItsLimitGetsNoFurtherClass() {
        scheduler.share(new Shares(Duration.ofHours(4), Map.of("ns", new Share(1, 1))));
        scheduler.put(fast("w", 8, 50));
        for (int i = 1; i <= 4; i++) {
            admission.put(wanting("a" + i, i));
        }
        assertThat(cycle()).hasSize(1);
        assertThat(admission.look(now)).isFalse();
    }

    /** It could start by what was free, but another tenant was poorer. */
    @Test
    void whoDidNotStartKeepsItsPlaceUntilAnotherCouldStart() {
        scheduler.put(fast("w", 1, 50));
        scheduler.put(fast("v", 1, 1));
        scheduler.put(new Claim(new Claim.AttemptId("x", 1), "ns", "v", new Room(1000, 0, 0, 1), Optional.empty()));
        admission.put(wanting("never1", 91));
        admission.put(wanting("never2", 92));
        admission.put(wanting("a", 2));
        admission.put(wanting("b", 1));
        assertThat(cycle()).isEmpty();
        assertThat(admission.look(now)).isTrue();
        admission.put(of("another", wanting("poor", 3)));
        // The room is reserved for this one, so not for "a".
        admission.put(of("another", wanting("second", 3)));
        assertThat(cycle()).containsExactly("poor");
        assertThat(admission.look(now)).isFalse();
        assertThat(held()).containsExactly("uid-b");
        scheduler.release(new Claim.AttemptId("x", 1), "v");
        assertThat(cycle()).isEmpty();
        assertThat(admission.look(now)).isTrue();
        assertThat(held()).containsExactly("uid-a");
        assertThat(cycle()).containsExactly("b");
        end("poor", "w");
        assertThat(cycle()).containsExactly("second");
        end("second", "w");
        assertThat(cycle()).isEmpty();
        assertThat(admission.look(now)).isFalse();
        now = now.plusSeconds(30);
        end("b", "v");
        assertThat(admission.look(now)).isTrue();
        assertThat(cycle()).containsExactly("a");
    }
}
