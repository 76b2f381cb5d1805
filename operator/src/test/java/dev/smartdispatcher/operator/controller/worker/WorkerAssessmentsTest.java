package dev.smartdispatcher.operator.controller.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.controller.health.WorkerHealth;
import dev.smartdispatcher.operator.worker.SchedulabilityRules;
import dev.smartdispatcher.operator.worker.WorkerAssessment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerAssessmentsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private Instant now = NOON;
    private final FixedCluster cluster = new FixedCluster();
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    private final WorkerAssessments assessments =
            new WorkerAssessments(cluster.view, new WorkerHealth(cluster.view, clock), clock);

    private WorkerAssessment assessed() {
        return assessments.of("w").orElseThrow();
    }

    @Test
    void aWorkerIsAssessedOnceWhoeverAsks() {
        var first = assessed();
        now = NOON.plus(SchedulabilityRules.SILENT_AFTER);
        assertThat(first.schedulability().closed()).isEmpty();
        assertThat(first.budget().orElseThrow().cpuMillis()).isEqualTo(8000);
        assertThat(assessed()).isSameAs(first);
        assertThat(assessments.of(cluster.view.worker("w").orElseThrow())).isSameAs(first);
    }

    @Test
    void andOnceMoreWhenItsAgentFallsSilent() {
        assessed();
        now = NOON.plus(SchedulabilityRules.SILENT_AFTER).plusMillis(1);
        var silent = assessed();
        assertThat(silent.schedulability().closed()).contains(Reason.Silent);
        now = now.plus(Duration.ofHours(1));
        assertThat(assessed()).isSameAs(silent);
    }

    @Test
    void aNewVersionOfTheWorkerIsAssessed() {
        assessed();
        cluster.worker("2", "{limits: {cpu: \"4\"}}");
        assertThat(assessed().budget().orElseThrow().cpuMillis()).isEqualTo(4000);
    }

    @Test
    void aChangeOfTheNodeIsSeen() {
        assessed();
        cluster.node("cpu: \"2\"");
        assertThat(assessed().budget().orElseThrow().cpuMillis()).isEqualTo(2000);
    }

    @Test
    void aChangeOfThePolicyIsSeen() {
        var before = assessed();
        cluster.policy("{isolation: [{name: KVM, resource: devices.kubevirt.io/kvm}]}");
        assertThat(assessed()).isNotSameAs(before);
    }

    @Test
    void nothingIsRememberedOfAWorkerThatIsGone() {
        var before = assessed();
        assessments.gone(cluster.worker("1", "{}"));
        assertThat(assessed()).isNotSameAs(before).isEqualTo(before);
    }

    @Test
    void labelsOfTheNodeThatThePolicyNamesAreTheWorkers() {
        cluster.worker("2", "{}").getMetadata().setLabels(Map.of("pool", "fast", "zone", "claimed"));
        cluster.node("cpu: \"16\"", "labels: {zone: a, other: b}");
        assertThat(labels()).isEqualTo(Map.of("pool", "fast", "zone", "claimed"));
        cluster.policy("{nodeLabels: [zone, rack]}");
        assertThat(labels()).isEqualTo(Map.of("pool", "fast", "zone", "a"));
        cluster.node("cpu: \"16\"", "labels: {zone: b, rack: r1}");
        assertThat(labels()).isEqualTo(Map.of("pool", "fast", "zone", "b", "rack", "r1"));
        cluster.node("cpu: \"16\"", "labels: {}");
        assertThat(labels()).isEqualTo(Map.of("pool", "fast"));
    }

    private Map<String, String> labels() {
        return assessed().worker().orElseThrow().labels();
    }

    @Test
    void aLabelOfTheNodeThatNobodyNamesIsNoChange() {
        cluster.policy("{nodeLabels: [zone]}");
        cluster.node("cpu: \"16\"", "labels: {zone: a}");
        var before = assessed();
        cluster.node("cpu: \"16\"", "labels: {zone: a, other: b}");
        assertThat(assessed()).isSameAs(before);
    }

    @Test
    void aNodeMadeAnewInheritsNoFacts() {
        assertThat(assessed().worker()).isPresent();
        cluster.node("cpu: \"16\"", "creationTimestamp: \"2026-01-01T12:00:30Z\"");
        now = NOON.plusSeconds(40);
        assertThat(assessed().schedulability().closed()).contains(Reason.NoFacts);
        assertThat(assessed().worker()).isEmpty();
        cluster.worker("2", "{}");
        assertThat(assessed().worker()).isEmpty();
        cluster.observed("2026-01-01T12:00:50Z");
        now = NOON.plusSeconds(50);
        assertThat(assessed().worker()).isPresent();
    }
}
