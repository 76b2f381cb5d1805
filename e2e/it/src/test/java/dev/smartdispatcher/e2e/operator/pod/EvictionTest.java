package dev.smartdispatcher.e2e.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.farm.Edits;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.LeapingClock;
import dev.smartdispatcher.operator.workload.EvictionGuard;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A running build is not evicted; see {@code kubectl drain}. */
class EvictionTest {
    private final Harness farm = new Harness();

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void everyPodIsGuardedBeforeItIsThere() {
        farm.worker("w", 4);
        farm.withOperator();
        for (int i = 0; i < 3; i++) {
            farm.job("j" + i);
            farm.pod("j" + i, 1);
            assertThat(minAvailable()).isGreaterThanOrEqualTo(farm.pods().size());
        }
        var guards = farm.cluster().writes().doneBy(Harness.OPERATOR).stream()
                .filter(w -> w.resource().equals("poddisruptionbudgets"))
                .count();
        assertThat(guards).isLessThanOrEqualTo(3);
    }

    @Test
    void evictionIsRefusedWhileTheBuildRunsAndDoneWhenItHasEnded() {
        farm.worker("w", 4);
        farm.withOperator();
        farm.job("j");
        var pod = farm.pod("j", 1);
        farm.kubelet().running(pod);
        var running = farm.client()
                .pods()
                .inNamespace("default")
                .withName(pod.getMetadata().getName());
        assertThat(running.evict()).isFalse();
        farm.kubelet().ended(pod, 0);
        farm.until("j", BuildJobStatus::finished);
        Edits.status(running, p -> {
            p.getStatus().setPhase("Succeeded");
            return p;
        });
        assertThat(running.evict()).isTrue();
    }

    @Test
    void aGuardIsLoweredLazilyAndGoesWithTheLastBuild() {
        farm.worker("w", 4);
        var clock = new LeapingClock();
        farm.operatorAt(clock);
        farm.job("a");
        farm.job("b");
        var a = farm.pod("a", 1);
        var b = farm.pod("b", 1);
        farm.kubelet().ended(a, 0);
        untilRunning(1);
        assertThat(minAvailable()).isEqualTo(2);
        clock.leap(Duration.ofSeconds(31));
        farm.job("never", "requires: {hostArch: [s390x]}");
        await().until(() -> minAvailable() == 1);
        farm.kubelet().ended(b, 0);
        untilRunning(0);
        clock.leap(Duration.ofSeconds(31));
        farm.job("nor-this", "requires: {hostArch: [s390x]}");
        await().until(() -> guard() == null);
    }

    /** The guards are looked through in the very pass that decided, whose decisions the caches may show by then. */
    @Test
    void aBuildThatWasJustDecidedIsCountedOnce() {
        farm.worker("w", 4);
        for (int i = 0; i < 4; i++) {
            farm.job("j" + i);
        }
        farm.withOperator();
        for (int i = 0; i < 4; i++) {
            farm.pod("j" + i, 1);
        }
        assertThat(minAvailable()).isEqualTo(4);
    }

    @Test
    void aNamespaceThatRefusesTheGuardKeepsItsJobsWaitingAndSaysSo() {
        farm.worker("w", 4);
        farm.withOperator();
        farm.cluster().failNext(request -> request.is(Verb.CREATE, "poddisruptionbudgets"), 403);
        farm.job("j");
        farm.until("j", s -> s.liveAttempt().isPresent());
        await().untilAsserted(() -> assertThat(farm.client()
                        .v1()
                        .events()
                        .inNamespace("default")
                        .list()
                        .getItems())
                .anyMatch(event -> event.getReason().equals(Reason.QuotaExceeded.name())
                        && event.getMessage().startsWith("the PodDisruptionBudget that holds off evictions")));
    }

    /** An API server that is overloaded refuses nobody for the sake of a quota. */
    @Test
    void aGuardThatCouldNotBeWrittenIsNoQuota() {
        farm.worker("w", 4);
        farm.withOperator();
        var failing = farm.cluster()
                .faults()
                .failWhile(request -> request.is(Verb.CREATE, "poddisruptionbudgets"), 429, "too many requests");
        farm.job("j");
        var waiting = farm.until("j", s -> s.waiting() != null && s.waiting().reason() == Reason.ApiServerError)
                .waiting();
        assertThat(waiting.message()).contains("the PodDisruptionBudget that holds off evictions", "429");
        failing.run();
        farm.until("j", s -> s.liveAttempt().isPresent());
        assertThat(farm.client().v1().events().inNamespace("default").list().getItems())
                .noneMatch(event -> event.getReason().equals(Reason.QuotaExceeded.name()));
    }

    /** Left over from builds that went with their namespaces' jobs while no operator ran. */
    @Test
    void aGuardThatCannotBeDeletedKeepsNoOther() {
        var stuck = List.of("a", "b", "c", "d", "e");
        stuck.forEach(this::leftOver);
        leftOver("free");
        farm.cluster()
                .faults()
                .failWhile(r -> r.is(Verb.DELETE, "poddisruptionbudgets") && stuck.contains(r.namespace()), 403);
        farm.withOperator();
        await().untilAsserted(() -> assertThat(farm.client()
                        .policy()
                        .v1()
                        .podDisruptionBudget()
                        .inAnyNamespace()
                        .list()
                        .getItems())
                .extracting(guard -> guard.getMetadata().getNamespace())
                .containsExactlyInAnyOrderElementsOf(stuck));
    }

    /** After the policy's bound the builds of a cordoned Node can be evicted, and no others; once it is uncordoned they cannot. */
    @Test
    void aNodeThatHasBeenCordonedForLongEnoughIsDrained() {
        farm.policy("{evictAfterSeconds: 0}");
        farm.worker("w", 1);
        farm.worker("v", 1);
        farm.withOperator();
        farm.job("j", "parallelism: {min: 1, max: 1}");
        farm.job("k", "parallelism: {min: 1, max: 1}");
        var pods = List.of(farm.pod("j", 1), farm.pod("k", 1));
        pods.forEach(farm.kubelet()::running);
        var node = farm.status("j").allocation().worker();
        cordon(node, true);
        await().until(() -> labels("j").containsKey(Labels.EVICTABLE));
        cordon(node, false);
        await().until(() -> !labels("j").containsKey(Labels.EVICTABLE));
        assertThat(evict(pods.get(0))).isFalse();
        cordon(node, true);
        await().until(() -> labels("j").containsKey(Labels.EVICTABLE));
        assertThat(labels("k")).doesNotContainKey(Labels.EVICTABLE);
        assertThat(evict(pods.get(1))).isFalse();
        await().until(() -> evict(pods.get(0)));
    }

    private boolean evict(Pod pod) {
        return farm.client()
                .pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .evict();
    }

    private Map<String, String> labels(String job) {
        return farm.pod(job, 1).getMetadata().getLabels();
    }

    private void cordon(String node, boolean cordoned) {
        farm.client()
                .nodes()
                .withName(node)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"unschedulable\":" + (cordoned ? "true" : "null") + "}}");
    }

    @Test
    void anothersBudgetWithTheOperatorsLabelIsNoGuard() {
        farm.worker("w", 4);
        farm.client()
                .resource(new PodDisruptionBudgetBuilder(EvictionGuard.of("default", 1000))
                        .editMetadata()
                        .withName("mine")
                        .endMetadata()
                        .build())
                .create();
        farm.withOperator();
        farm.job("j");
        farm.pod("j", 1);
        assertThat(minAvailable()).isEqualTo(1);
    }

    /** Whoever may write PodDisruptionBudgets in the namespace may make the guard hold nothing. */
    @Test
    void aGuardOfOtherPodsIsPutRight() {
        farm.worker("w", 4);
        farm.client()
                .resource(new PodDisruptionBudgetBuilder(EvictionGuard.of("default", 1000))
                        .editSpec()
                        .withNewSelector()
                        .addToMatchLabels("app", "web")
                        .endSelector()
                        .endSpec()
                        .build())
                .create();
        farm.withOperator();
        farm.job("j");
        farm.pod("j", 1);
        assertThat(minAvailable()).isEqualTo(1);
        assertThat(guard().getSpec().getSelector().getMatchExpressions())
                .isEqualTo(EvictionGuard.SELECTOR.getMatchExpressions());
    }

    /** A pod that ran would stand in for the build. */
    @Test
    void aPodWithTheOperatorsLabelAloneLetsNoBuildBeEvicted() {
        farm.worker("w", 4);
        farm.withOperator();
        farm.job("j");
        var pod = farm.pod("j", 1);
        farm.kubelet().running(pod);
        farm.client().resource("""
            apiVersion: v1
            kind: Pod
            metadata:
              name: stands-in
              namespace: default
              labels: {app.kubernetes.io/managed-by: smart-dispatcher}
            spec: {containers: [{name: c, image: x}]}
            """).create();
        List.of("stands-in", pod.getMetadata().getName())
                .forEach(name ->
                        Edits.status(farm.client().pods().inNamespace("default").withName(name), p -> new PodBuilder(p)
                                .editOrNewStatus()
                                .withPhase("Running")
                                .withConditions(new PodConditionBuilder()
                                        .withType("Ready")
                                        .withStatus("True")
                                        .build())
                                .endStatus()
                                .build()));
        assertThat(farm.client()
                        .pods()
                        .inNamespace("default")
                        .withName(pod.getMetadata().getName())
                        .evict())
                .isFalse();
    }

    private void leftOver(String namespace) {
        farm.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        farm.client().resource(EvictionGuard.of(namespace, 1)).create();
    }

    /** By what the operator itself knows: what its caches show later, a guard is not lowered for in time. */
    private void untilRunning(int builds) {
        await().until(() -> farm.runningBuilds() == builds);
    }

    private int minAvailable() {
        return guard().getSpec().getMinAvailable().getIntVal();
    }

    private PodDisruptionBudget guard() {
        return farm.client()
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace("default")
                .withName("smart-dispatcher-builds")
                .get();
    }
}
