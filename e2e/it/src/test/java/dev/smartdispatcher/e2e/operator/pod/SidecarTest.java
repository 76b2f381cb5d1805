package dev.smartdispatcher.e2e.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.farm.Edits;
import dev.smartdispatcher.e2e.operator.harness.DeniedDeletions;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import dev.smartdispatcher.e2e.operator.harness.LeapingClock;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Others' admission webhooks add containers to worker pods: they decide nothing about the build. */
@ExtendWith(HarnessExtension.class)
class SidecarTest {
    private final Harness farm;

    SidecarTest(Harness farm) {
        this.farm = farm;
    }

    private static String runs(String name) {
        return "{name: " + name + ", state: {running: {startedAt: '" + now() + "'}}}";
    }

    private static String ended(String name, int code) {
        return "{name: %s, state: {terminated: {exitCode: %d, reason: X, message: '{\"exitCode\":%d}', startedAt: '%s', finishedAt: '%s'}}}"
                .formatted(name, code, code, now(), now());
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Kubelets sort statuses by name. */
    @ParameterizedTest
    @ValueSource(strings = {"azwi-proxy", "istio-proxy"})
    void theEndOfTheBuildIsSeenBesideASidecarThatRuns(String sidecar) {
        farm.withOperator();
        farm.worker("w", 4);
        farm.job("j");
        var build = ended("build", 0);
        farm.kubelet()
                .containers(
                        farm.pod("j", 1),
                        "Running",
                        sidecar.compareTo("build") < 0 ? runs(sidecar) + ", " + build : build + ", " + runs(sidecar));
        assertThat(farm.until("j", BuildJobStatus::finished).holds(BuildJobStatus.COMPLETE))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aSidecarThatEndsNeitherEndsNorDoublesTheBuild(int code) {
        farm.withOperator();
        farm.worker("w", 4);
        farm.job("j", "retry: {onFailure: 3}");
        var pod = farm.pod("j", 1);
        farm.kubelet().containers(pod, "Running", ended("azwi-proxy", code) + ", " + runs("build"));
        farm.until("j", s -> s.holds(BuildJobStatus.RUNNING));
        farm.job("later");
        farm.pod("later", 1);
        var status = farm.status("j");
        assertThat(status.holds(BuildJobStatus.RUNNING)).isTrue();
        assertThat(status.attempts()).singleElement().satisfies(a -> assertThat(a.live())
                .isTrue());
        assertThat(farm.pods()).hasSize(2);
        farm.kubelet().containers(pod, "Running", ended("azwi-proxy", code) + ", " + ended("build", 0));
        assertThat(farm.until("j", BuildJobStatus::finished).attempts())
                .singleElement()
                .satisfies(a -> assertThat(a.outcome()).isEqualTo(Reason.Succeeded));
    }

    /** As with a service mesh: the injected proxy goes on after the build, so kube-scheduler goes on counting the pod. */
    @Test
    void aSidecarThatGoesOnKeepsTheRoomForAMinuteAndUntilThePodIsGone() {
        var clock = new LeapingClock();
        farm.operatorAt(clock);
        farm.worker("w", 4);
        Edits.status(farm.client().nodes().withName("w"), node -> {
            node.getStatus().getAllocatable().put("cpu", new Quantity("4"));
            return node;
        });
        farm.job("a", "parallelism: {min: 4, max: 4}");
        var pod = farm.pod("a", 1);
        farm.kubelet().containers(pod, "Running", ended("build", 0) + ", " + runs("istio-proxy"));
        farm.until("a", BuildJobStatus::finished);
        farm.job("b", "parallelism: {min: 4, max: 4}");
        var waiting = farm.until("b", s -> s.waiting() != null).waiting();
        assertThat(waiting.reason()).isEqualTo(Reason.NoRoom);

        clock.leap(Duration.ofSeconds(59));
        touch(pod, "59");
        farm.job("c", "requires: {hostArch: [s390x]}");
        farm.until("c", s -> s.waiting() != null);
        assertThat(deletions()).isZero();

        clock.leap(Duration.ofSeconds(2));
        touch(pod, "61");
        await().until(() -> deletions() == 1);
        farm.job("d", "requires: {hostArch: [s390x]}");
        farm.until("d", s -> s.waiting() != null);
        assertThat(farm.status("b").attempts()).isEmpty();

        farm.kubelet().gone(pod);
        assertThat(farm.pod("b", 1).getSpec().getNodeName()).isEqualTo("w");
        assertThat(farm.status("a").holds(BuildJobStatus.COMPLETE)).isTrue();
    }

    @Test
    void aPodThatGoesOnAndMayNotBeDeletedHoldsUpNothingElse() {
        var clock = new LeapingClock();
        farm.operatorAt(clock);
        farm.worker("w", 4);
        // A suspect has one build at a time, and a pod that stays counts as one.
        farm.client()
                .resources(BuildWorker.class)
                .withName("w")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"" + Annotations.QUARANTINE + "\": \"never\"}}}");
        farm.job("a", "retry: {onFailure: 1}");
        var pod = farm.pod("a", 1);
        farm.kubelet().containers(pod, "Running", ended("build", 1) + ", " + runs("istio-proxy"));
        farm.until("a", s -> s.attempts().get(0).outcome() != null);
        var denial = new DeniedDeletions(farm);
        clock.leap(Duration.ofSeconds(61));
        touch(pod, "61");
        denial.untilTold(pod);
        farm.kubelet().ended(farm.pod("a", 2), 0);
        farm.until("a", s -> s.holds(BuildJobStatus.COMPLETE));
        assertThat(deletions()).isZero();
        denial.close();
        clock.leap(Duration.ofMinutes(2));
        touch(pod, "181");
        await().until(() -> deletions() == 1);
    }

    /** An event for the operator: a clock that is moved wakes nobody. */
    private void touch(Pod pod, String value) {
        Edits.edit(
                farm.client()
                        .pods()
                        .inNamespace(farm.namespace())
                        .withName(pod.getMetadata().getName()),
                p -> {
                    p.getMetadata().setAnnotations(with(p.getMetadata().getAnnotations(), value));
                    return p;
                });
    }

    private static Map<String, String> with(Map<String, String> annotations, String value) {
        annotations.put("example.com/touched", value);
        return annotations;
    }

    private long deletions() {
        return farm.writes().stream()
                .filter(w -> w.verb() == Verb.DELETE && w.resource().equals("pods"))
                .count();
    }
}
