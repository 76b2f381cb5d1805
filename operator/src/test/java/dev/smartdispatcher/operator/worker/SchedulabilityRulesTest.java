package dev.smartdispatcher.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.check.WorkerCheckSpecBuilder;
import dev.smartdispatcher.api.policy.TaintToleration;
import dev.smartdispatcher.api.worker.BuildWorkerSpec;
import dev.smartdispatcher.api.worker.Quarantine;
import dev.smartdispatcher.api.worker.WorkerCache;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.AgentFactsBuilder;
import dev.smartdispatcher.api.worker.facts.Amounts;
import dev.smartdispatcher.api.worker.facts.MemoryFacts;
import dev.smartdispatcher.api.worker.facts.Target;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.check.CheckDefinition;
import dev.smartdispatcher.operator.health.Standing;
import dev.smartdispatcher.operator.scheduler.model.CheckStanding;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.worker.node.NodeState;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulabilityRulesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final NodeState READY =
            new NodeState(true, false, List.of(), Optional.empty(), Set.of(), true, Room.NONE, Room.NONE, "");

    private Map<String, String> annotations = Map.of();
    private BuildWorkerSpec spec = new BuildWorkerSpec(null, null, null);
    private boolean announced;
    private int caches;
    private Optional<AgentFacts> facts = Optional.of(facts("x86_64", "8", "16Gi", NOW));
    private Instant seen = NOW;
    private Optional<NodeState> node = Optional.of(READY);
    private List<TaintToleration> tolerations = List.of();
    private List<CheckDefinition> checks = List.of();
    private Map<String, CheckStanding> standings = Map.of();

    private static AgentFacts facts(String arch, String cpu, String memory, Instant observed) {
        return AgentFactsBuilder.builder()
                .observedTime(observed)
                .hostArch(arch)
                .targets(List.of(new Target(arch, Mode.Native)))
                .memory(new MemoryFacts(new Quantity(memory), null))
                .recommendedLimits(new Amounts(new Quantity(cpu), new Quantity(memory), new Quantity("100Gi"), 8))
                .build();
    }

    private Standing health = Standing.TRUSTED;
    private Set<String> untried = Set.of();

    private WorkerAssessment assessment() {
        return WorkerAssessment.of(new WorkerAssessment.Evidence(
                "w",
                Map.of(),
                annotations,
                false,
                spec,
                facts,
                List.of(),
                SchedulabilityRules.isSilent(seen, NOW),
                Optional.empty(),
                node,
                announced,
                WorkerAssessment.maintenance(annotations)
                        .filter(begin -> !NOW.isBefore(begin))
                        .isPresent(),
                caches,
                tolerations,
                List.of(),
                checks,
                standings,
                Map.of(),
                health,
                untried));
    }

    @Test
    void aQuarantinedWorkerIsClosedUnlessSomethingElseClosesIt() {
        health = standing(Reason.Quarantined);
        assertThat(assessment().schedulability().closed()).contains(Reason.Quarantined);
        assertThat(assessment().schedulability().message()).isEqualTo("why");
        annotations = Map.of(Annotations.DRAIN, "repair");
        assertThat(assessment().schedulability().closed()).contains(Reason.Draining);
    }

    @Test
    void aTrialWaitsForTheWorkersOwnChecksAndThenTakesOneBuildAtATime() {
        var spec = WorkerCheckSpecBuilder.builder().script("true").build();
        checks = List.of(CheckDefinition.of("loop", "uid", 1, spec, List.of()));
        health = standing(Reason.OnTrial);
        untried = Set.of("loop", "of-others");
        assertThat(assessment().schedulability().closed()).contains(Reason.Quarantined);
        assertThat(assessment().schedulability().message()).isEqualTo("on trial: waits for its checks loop");
        assertThat(assessment().trialChecks()).containsExactly("loop");
        untried = Set.of("of-others");
        assertThat(assessment().schedulability().closed()).isEmpty();
        assertThat(assessment().budget().orElseThrow().jobs()).isEqualTo(1);
        health = standing(Reason.Suspect);
        assertThat(assessment().schedulability().closed()).isEmpty();
    }

    private static Standing standing(Reason reason) {
        return new Standing(reason, reason == Reason.OnTrial, "why", Quarantine.NONE);
    }

    @Test
    void aMandatoryCheckThatIsNotPassedClosesTheWorker() {
        var spec =
                WorkerCheckSpecBuilder.builder().script("true").mandatory(true).build();
        checks = List.of(CheckDefinition.of("loop", "uid", 1, spec, List.of()));
        assertThat(judge().closed()).contains(Reason.CheckFailed);
        assertThat(judge().message()).isEqualTo("the mandatory check loop has no result that counts");
        standings = Map.of("loop", CheckStanding.Failed);
        assertThat(judge().message()).isEqualTo("the mandatory check loop has failed");
        standings = Map.of("loop", CheckStanding.Passed);
        assertThat(judge().closed()).isEmpty();
        standings = Map.of();
        annotations = Map.of(Annotations.DRAIN, "kernel update");
        assertThat(judge().closed()).contains(Reason.Draining);
    }

    private Schedulability judge() {
        return assessment().schedulability();
    }

    @Test
    void aNodeThatIsAnnouncedToGoTakesNothingAndIsLeftAlone() {
        for (var key : List.of("aws-node-termination-handler/spot-itn", "karpenter.sh/disrupted")) {
            var taint = new Taint("NoSchedule", key, null, "1234");
            node = Optional.of(new NodeState(
                    true, true, List.of(taint), Optional.empty(), Set.of(), true, Room.NONE, Room.NONE, ""));
            assertThat(judge().closed()).contains(Reason.NodeTerminating);
            assertThat(judge().message()).contains(key);
            assertThat(judge().draining()).isTrue();
            assertThat(judge().stopAt()).isEmpty();
        }
    }

    @Test
    void aNodeThatIsGoneAsAnnouncedWasTakenAway() {
        node = Optional.empty();
        assertThat(judge().closed()).contains(Reason.NodeMissing);
        announced = true;
        assertThat(judge().closed()).contains(Reason.NodeTerminating);
    }

    /** Who planned it and forgot it reads what to do; what runs is not stopped, since nobody asked for that. */
    @Test
    void aPlannedMaintenanceWhoseTimeHasComeEmptiesTheWorker() {
        annotations = Map.of(Annotations.DRAIN_DEADLINE, "2026-01-01T12:00:00Z");
        assertThat(judge().closed()).contains(Reason.Draining);
        assertThat(judge().draining()).isTrue();
        assertThat(judge().stopAt()).isEmpty();
        assertThat(judge().message()).contains("remove the annotation smartdispatcher.dev/drain-deadline");
        annotations = Map.of(Annotations.DRAIN_DEADLINE, "2026-01-01T12:00:01Z");
        assertThat(judge().closed()).isEmpty();
    }

    @Test
    void aReadyObservedWorkerTakesJobs() {
        assertThat(judge().closed()).isEmpty();
        assertThat(judge().message()).isEqualTo("accepts new jobs");
    }

    @Test
    void aDrainAnnotationClosesItWithTheAdministratorsReason() {
        annotations = Map.of(Annotations.DRAIN, "kernel update");
        assertThat(judge().closed()).contains(Reason.Draining);
        assertThat(judge().draining()).isTrue();
        assertThat(judge().message()).isEqualTo("drained: kernel update");
        assertThat(judge().stopAt()).isEmpty();
    }

    @Test
    void aDrainWithADeadlineStopsWhatStillRunsThen() {
        annotations = Map.of(Annotations.DRAIN, "", Annotations.DRAIN_DEADLINE, "2026-01-01T13:00:00+01:00");
        assertThat(judge().stopAt()).contains(NOW);
        assertThat(judge().stopsNow(NOW)).isTrue();
        assertThat(judge().stopsNow(NOW.minusSeconds(1))).isFalse();
    }

    @Test
    void aDeadlineAloneLeavesItOpenForWhatEndsInTime() {
        annotations = Map.of(Annotations.DRAIN_DEADLINE, "2026-01-01T13:00:00Z");
        assertThat(judge().closed()).isEmpty();
        assertThat(judge().endBy()).contains(NOW.plusSeconds(3600));
    }

    @Test
    void anUnreadableDeadlineClosesItAndSaysWhy() {
        annotations = Map.of(Annotations.DRAIN_DEADLINE, "tomorrow");
        assertThat(judge().closed()).contains(Reason.InvalidFacts);
        assertThat(judge().message()).contains("smartdispatcher.dev/drain-deadline", "'tomorrow'");
    }

    @Test
    void anUnreadableDeadlineBesideADrainStopsNothing() {
        annotations = Map.of(Annotations.DRAIN, "x", Annotations.DRAIN_DEADLINE, "tomorrow");
        assertThat(judge().closed()).contains(Reason.Draining);
        assertThat(judge().stopAt()).isEmpty();
    }

    @Test
    void aCordonedNodeIsBeingDrained() {
        node = Optional.of(new NodeState(
                true,
                true,
                List.of(new Taint("NoSchedule", "node.kubernetes.io/unschedulable", null, null)),
                Optional.empty(),
                Set.of(),
                true,
                Room.NONE,
                Room.NONE,
                ""));
        assertThat(judge().closed()).contains(Reason.NodeCordoned);
        assertThat(judge().draining()).isTrue();
    }

    @Test
    void noNodeOrOneThatIsNotReady() {
        node = Optional.empty();
        assertThat(judge().closed()).contains(Reason.NodeMissing);
        node = Optional.of(
                new NodeState(false, false, List.of(), Optional.empty(), Set.of(), true, Room.NONE, Room.NONE, ""));
        assertThat(judge().closed()).contains(Reason.NodeNotReady);
    }

    @Test
    void onlyToleratedTaints() {
        var taint = new Taint("NoSchedule", "builds", null, "only");
        node = Optional.of(
                new NodeState(true, false, List.of(taint), Optional.empty(), Set.of(), true, Room.NONE, Room.NONE, ""));
        assertThat(judge().closed()).contains(Reason.Tainted);
        assertThat(judge().message()).endsWith("builds=only:NoSchedule");
        tolerations = List.of(new TaintToleration("builds", TaintToleration.Operator.Exists, null, null));
        assertThat(judge().closed()).isEmpty();
        tolerations = List.of(new TaintToleration("builds", null, "other", null));
        assertThat(judge().closed()).contains(Reason.Tainted);
        node = Optional.of(new NodeState(
                true,
                false,
                List.of(new Taint("PreferNoSchedule", "builds", null, "only")),
                Optional.empty(),
                Set.of(),
                true,
                Room.NONE,
                Room.NONE,
                ""));
        assertThat(judge().closed()).isEmpty();
    }

    @Test
    void silentThreeMinutesAfterItWasLastHeard() {
        seen = NOW.minusSeconds(180);
        assertThat(judge().closed()).isEmpty();
        seen = NOW.minusSeconds(181);
        assertThat(judge().closed()).contains(Reason.Silent);
        assertThat(judge().message())
                .isEqualTo("the node agent has reported nothing since 2026-01-01T12:00:00Z (by its clock)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "2026-01-01T11:56:00Z", "2076-01-01T00:00:00Z"})
    void whatTheAgentsClockSaysDoesNotCount(Instant observed) {
        facts = Optional.of(facts("x86_64", "8", "16Gi", observed));
        assertThat(judge().closed()).isEmpty();
        seen = NOW.minusSeconds(181);
        assertThat(judge().closed()).contains(Reason.Silent);
    }

    @Test
    void withoutFactsNothingIsKnown() {
        facts = Optional.empty();
        assertThat(judge().closed()).contains(Reason.NoFacts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x86_64 | -1   | 16Gi | status.agent.recommendedLimits.cpu: -1 is negative",
                "x86_64 | 8    | 0    | status.agent.memory.total: is zero",
                "x86_64 | 8    | -4Gi | status.agent.memory.total: -4Gi is negative",
                "amd64  | 8    | 16Gi | status.agent.hostArch: 'amd64' is another system's name: use 'x86_64'",
                "vax    | 8    | 16Gi | status.agent.hostArch: 'vax' is not an architecture",
            })
    void nonsenseFactsCloseItAndNameTheField(String arch, String cpu, String memory, String problem) {
        facts = Optional.of(facts(arch, cpu, memory, NOW));
        assertThat(judge().closed()).contains(Reason.InvalidFacts);
        assertThat(judge().message()).contains(problem);
        assertThat(assessment().worker()).isEmpty();
    }

    @Test
    void nonsenseLimitsCloseItToo() {
        spec = new BuildWorkerSpec(new Amounts(null, new Quantity("-1Gi"), null, null), null, null);
        assertThat(judge().message()).isEqualTo("spec.limits.memory: -1Gi is negative");
    }

    @Test
    void theBudgetIsTheLimitsButNotMoreThanTheNodeOffers() {
        spec = new BuildWorkerSpec(new Amounts(new Quantity("6"), null, null, null), null, null);
        var gi = 1L << 30;
        node = nodeThatOffers(new Room(64_000, 10 * gi, Long.MAX_VALUE, 110), Room.NONE);
        assertThat(budget()).isEqualTo(new Room(6000, 10 * gi, 100 * gi, 8));
    }

    /** Their claims in full, whatever is in them. */
    @Test
    void cachesTakeOfTheDiskThatIsStated() {
        var gi = 1L << 30;
        spec = new BuildWorkerSpec(null, null, new WorkerCache(new Quantity("15Gi"), "local"));
        caches = 2;
        assertThat(budget().disk()).isEqualTo(70 * gi);
        caches = 9;
        assertThat(budget().disk()).isZero();
        assertThat(CacheShare.most(spec, facts.orElseThrow())).isEqualTo(3);
        spec = new BuildWorkerSpec(new Amounts(null, null, new Quantity("29Gi"), null), null, spec.cache());
        assertThat(CacheShare.most(spec, facts.orElseThrow())).isZero();
        spec = new BuildWorkerSpec(null, null, null);
        assertThat(CacheShare.most(spec, facts.orElseThrow())).isZero();
        assertThat(budget().disk()).isEqualTo(100 * gi);
    }

    @Test
    void aCacheWithoutASizeClosesIt() {
        spec = new BuildWorkerSpec(null, null, new WorkerCache(new Quantity("0"), "local"));
        assertThat(judge().message()).isEqualTo("spec.cache.size: is zero");
    }

    @Test
    void whatOtherPodsRequestIsNotOfferedToBuilds() {
        var gi = 1L << 30;
        var offered = new Room(8000, 16 * gi, 200 * gi, 10);
        node = nodeThatOffers(offered, new Room(1500, 4 * gi, 150 * gi, 7));
        assertThat(budget()).isEqualTo(new Room(6500, 12 * gi, 50 * gi, 3));
        node = nodeThatOffers(offered, new Room(1500, 20 * gi, 0, 0));
        assertThat(budget().memory()).isZero();
    }

    private static Optional<NodeState> nodeThatOffers(Room allocatable, Room others) {
        return Optional.of(
                new NodeState(true, false, List.of(), Optional.of(allocatable), Set.of(), true, others, Room.NONE, ""));
    }

    private Room budget() {
        return assessment().budget().orElseThrow();
    }
}
