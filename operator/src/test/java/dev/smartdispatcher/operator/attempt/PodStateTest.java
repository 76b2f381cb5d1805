package dev.smartdispatcher.operator.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodStateTest {
    private static final Pod BARE =
            new PodBuilder().withNewMetadata().withName("p").endMetadata().build();

    private static Pod bound(Pod pod) {
        pod.getSpec().setNodeName("node-7");
        return pod;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Running   | {terminated: {exitCode: 0}}          | true",
                "Failed    | {terminated: {exitCode: 1}}          | true",
                "Failed    | {running: {}}                        | false",
                "Succeeded | {running: {}}                        | false",
                "Failed    | {waiting: {reason: PodInitializing}} | false",
                "Pending   | {waiting: {reason: PodInitializing}} | false",
                "Unknown   | {running: {}}                        | false",
            })
    void ofABoundPodOnlyATerminatedContainerIsProof(String phase, String state, boolean ended) {
        assertThat(PodState.ended(bound(Pods.container(phase, state)))).isEqualTo(ended);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OutOfcpu", "NodeAffinity", "Evicted", "UnexpectedAdmissionError"})
    void aKubeletThatGaveUpBeforeThereWasAContainerSaysWhy(String reason) {
        assertThat(PodState.ended(bound(Pods.with("phase: Failed, reason: " + reason))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "phase: Failed",
                "phase: Failed, containerStatuses: [{name: build}]",
                "phase: Failed, reason: NodeLost",
                "phase: Failed, reason: Evicted, conditions: [{type: DisruptionTarget, reason: DeletionByPodGC}]"
            })
    void aBoundPodThatOnlyTheControlPlaneCallsFailedMayRun(String status) {
        assertThat(PodState.ended(bound(Pods.with(status)))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Pending, false", "Running, false", "Unknown, false", "Failed, true"})
    void aPodThatWasBoundToNoNodeHasEndedWhenItFailed(String phase, boolean ended) {
        assertThat(PodState.ended(Pods.with("phase: " + phase))).isEqualTo(ended);
    }

    @Test
    void aPodWithoutAStatusSaysNothing() {
        assertThat(PodState.ended(BARE)).isFalse();
        assertThat(PodState.container(BARE)).isEmpty();
        assertThat(PodState.reason(BARE)).isEmpty();
        assertThat(PodState.message(BARE)).isEmpty();
        assertThat(PodState.disrupted(BARE)).isFalse();
    }

    @Test
    void aDeletionAndADisruptionComeFromOutside() {
        assertThat(PodState.disrupted(Pods.with(", deletionTimestamp: '2026-01-01T12:00:08Z'", "phase: Running")))
                .isTrue();
        assertThat(PodState.disrupted(Pods.with("conditions: [{type: DisruptionTarget, status: 'True'}]")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{type: DisruptionTarget, status: 'False'}", "{type: Ready, status: 'True'}"})
    void otherConditionsDoNot(String condition) {
        assertThat(PodState.disrupted(Pods.with("conditions: [" + condition + "]")))
                .isFalse();
    }
}
