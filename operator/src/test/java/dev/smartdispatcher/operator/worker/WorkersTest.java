package dev.smartdispatcher.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.api.policy.IsolationRule;
import dev.smartdispatcher.api.worker.BuildWorkerSpec;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.health.Standing;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.worker.node.NodeState;
import dev.smartdispatcher.operator.worker.node.NodeStates;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the facts of an agent and a Node to what the scheduling cycle knows of a worker. */
class WorkersTest {
    private static final LabelSelector ALL = new LabelSelector(null, null);
    private static final List<IsolationRule> ISOLATION = List.of(
            new IsolationRule(JobIsolation.KVM, "devices.kubevirt.io/kvm", ALL),
            new IsolationRule(JobIsolation.UserNamespace, null, ALL));

    private static AgentFacts facts(String more) {
        return Serialization.unmarshal("""
            observedTime: "2026-01-01T12:00:00Z"
            hostArch: x86_64
            recommendedLimits: {cpu: "8", memory: 16Gi, disk: 100Gi, jobs: 8}
            %s
            """.formatted(more), AgentFacts.class);
    }

    private static NodeState node(String status) {
        return NodeStates.of(Serialization.unmarshal("""
            apiVersion: v1
            kind: Node
            metadata: {name: w, uid: uid-of-node}
            status: {conditions: [{type: Ready, status: "True"}], %s}
            """.formatted(status), Node.class), Room.NONE, Room.NONE);
    }

    private static Worker worker(String facts, String nodeStatus) {
        return assessment(facts, nodeStatus).worker().orElseThrow();
    }

    private static WorkerAssessment assessment(String facts, String nodeStatus) {
        return assessment(null, facts, nodeStatus);
    }

    private static WorkerAssessment assessment(String hostArch, String facts, String nodeStatus) {
        return WorkerAssessment.of(new WorkerAssessment.Evidence(
                "w",
                Map.of(),
                Map.of(),
                false,
                new BuildWorkerSpec(null, hostArch, null),
                Optional.of(facts(facts)),
                List.of(),
                false,
                Optional.empty(),
                Optional.of(node(nodeStatus)),
                false,
                false,
                0,
                List.of(),
                ISOLATION,
                List.of(),
                Map.of(),
                Map.of(),
                Standing.TRUSTED,
                Set.of()));
    }

    @Test
    void whatTheAgentDoesNotTellIsNotAssumed() {
        var worker = worker("", "");
        assertThat(worker.isolation()).containsExactly(JobIsolation.Container);
        assertThat(worker.measuredSpeed()).isEmpty();
        assertThat(worker.freeInodes()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void speedAndInodesAreThoseMeasured() {
        var worker = worker("speedIndex: {single: 112, all: 940}\ndisk: {freeInodes: 31000000}", "");
        assertThat(worker.measuredSpeed()).hasValue(112);
        assertThat(worker.speed()).isEqualTo(112);
        assertThat(worker.freeInodes()).isEqualTo(1 << 24);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "allocatable: {}                                                   | ''",
                "allocatable: {devices.kubevirt.io/kvm: \"0\"}                     | ''",
                "allocatable: {devices.kubevirt.io/kvm: \"10\"}                    | KVM",
                "runtimeHandlers: [{name: '', features: {userNamespaces: false}}]  | ''",
                "runtimeHandlers: [{name: '', features: {}}]                        | ''",
                "runtimeHandlers: [{name: vm, features: {userNamespaces: true}}]   | ''",
                "runtimeHandlers: [{features: {userNamespaces: true}}]             | UserNamespace",
            })
    void isolationTakesTheNodeToo(String nodeStatus, String beyondContainer) {
        var worker = worker("isolation: [Container, UserNamespace, Chroot, KVM, XEN]", nodeStatus);
        var expected = beyondContainer.isEmpty() ? List.<String>of() : List.of(beyondContainer.split(","));
        assertThat(worker.isolation())
                .filteredOn(i -> i != JobIsolation.Container)
                .extracting(Enum::name)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "disk: {freeInodes: -1}            | status.agent.disk.freeInodes: -1 is negative",
                "speedIndex: {single: 0, all: 1}   | status.agent.speedIndex.single: 0 is not positive",
            })
    void nonsenseClosesIt(String facts, String problem) {
        var schedulability = assessment(facts, "").schedulability();
        assertThat(schedulability.closed()).contains(Reason.InvalidFacts);
        assertThat(schedulability.message()).isEqualTo(problem);
    }

    private static final String TARGETS =
            "targets: [{arch: x86_64, mode: Native}, {arch: i586, mode: Compat}," + " {arch: armv7l, mode: Emulated}]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''     | x86_64 | {x86_64=Native, i586=Compat, armv7l=Emulated}",
                "x86_64 | x86_64 | {x86_64=Native, i586=Compat, armv7l=Emulated}",
                "i586   | i586   | {i586=Native, armv7l=Emulated}",
            })
    void aNodeIsOfferedAsWhatTheAdministratorSays(String hostArch, Architecture offered, String targets) {
        var worker = assessment(hostArch, TARGETS, "").worker().orElseThrow();
        assertThat(worker.hostArch()).isEqualTo(offered);
        assertThat(new TreeMap<>(worker.targets())).hasToString(targets);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "armv7l | the node does not run armv7l itself, but only x86_64, i586",
                "s390x  | the node does not run s390x itself, but only x86_64, i586",
                "amd64  | 'amd64' is another system's name: use 'x86_64'",
            })
    void butOnlyAsWhatItRunsItself(String hostArch, String problem) {
        var assessment = assessment(hostArch, TARGETS, "");
        assertThat(assessment.worker()).isEmpty();
        assertThat(assessment.schedulability().closed()).contains(Reason.InvalidFacts);
        assertThat(assessment.schedulability().message()).isEqualTo("spec.hostArch: " + problem);
    }
}
