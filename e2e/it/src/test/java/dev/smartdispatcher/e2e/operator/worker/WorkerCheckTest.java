package dev.smartdispatcher.e2e.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.check.WorkerCheck;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import dev.smartdispatcher.e2e.operator.harness.LeapingClock;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checks of workers from the WorkerCheck to the jobs that ask for it; the kubelet is the test's. */
@ExtendWith(HarnessExtension.class)
class WorkerCheckTest {
    private static final String PASSES = "smart-dispatcher-check: exited 0\\ncount=8\\n";
    private static final String FAILS = "smart-dispatcher-check: exited 1\\ncount=0\\nno loop devices\\n";

    private final Harness farm;
    private final CheckedWorker loop;

    WorkerCheckTest(Harness farm) {
        this.farm = farm;
        this.loop = new CheckedWorker(farm);
    }

    /** Checks are of the cluster, and would go on in the tests that follow on a real API server. */
    @AfterEach
    void remove() {
        farm.client().resources(WorkerCheck.class).delete();
    }

    @Test
    void aResultIsPublishedAndItsPodDeleted() {
        loop.start("");
        var pod = loop.pod(1);
        assertThat(pod.getMetadata().getLabels())
                .containsEntry(Labels.WORKER, "w")
                .containsEntry(Labels.CHECK, "loop");
        assertThat(pod.getMetadata().getLabels()).doesNotContainKey(Labels.JOB_UID);
        loop.end(pod, 0, PASSES);
        var result = loop.result(r -> Boolean.TRUE.equals(r.passed()));
        assertThat(result.attributes()).containsEntry("count", "8");
        assertThat(result.lastRound()).isEqualTo(1);
        assertThat(result.expires()).isEqualTo(result.time().plusSeconds(10_800));
        assertThat(result.history()).hasSize(1);
        await().atMost(CheckedWorker.PATIENCE).until(() -> loop.pods().isEmpty());
        await().atMost(CheckedWorker.PATIENCE).until(() -> {
            var status = farm.client()
                    .resources(WorkerCheck.class)
                    .withName("loop")
                    .get()
                    .getStatus();
            return status != null
                    && status.workers() != null
                    && status.workers().passed() == 1;
        });
    }

    @Test
    void aJobThatAsksForItWaitsUntilItIsPassed() {
        loop.start("");
        farm.job("asks", "requires: {checks: [loop]}");
        var waiting = farm.until("asks", s -> s.waiting() != null).waiting();
        assertThat(waiting.reason()).isEqualTo(Reason.NoWorkerFits);
        assertThat(waiting.message()).contains("CheckNotPassed (needs check loop; nearest: w ");
        loop.end(loop.pod(1), 0, PASSES);
        farm.until("asks", s -> s.liveAttempt().isPresent());
    }

    @Test
    void oneThatFailsTakesTheWorkerOutOfSuchJobsAndNoOthers() {
        loop.start("");
        loop.end(loop.pod(1), 0, PASSES);
        loop.result(r -> Boolean.TRUE.equals(r.passed()));
        loop.annotate("loop");
        var again = loop.pod(2);
        loop.annotation(Optional.empty());
        loop.end(again, 1, FAILS);
        var failed = loop.result(r -> Boolean.FALSE.equals(r.passed()));
        assertThat(failed.message()).isEqualTo("exit code 1: no loop devices");
        assertThat(failed.history()).hasSize(2);
        farm.job("asks", "requires: {checks: [loop]}");
        assertThat(farm.until("asks", s -> s.waiting() != null).waiting().message())
                .contains("CheckNotPassed (needs check loop; nearest: w failed loop");
        farm.job("does-not");
        farm.until("does-not", s -> s.liveAttempt().isPresent());
        loop.events(Reason.CheckFailed, "failed the check loop: exit code 1: no loop devices");
    }

    @Test
    void aMandatoryOneClosesTheWorkerUntilItIsPassed() {
        loop.start("mandatory: true");
        var pod = loop.pod(1);
        farm.job("any");
        assertThat(farm.until("any", s -> s.waiting() != null).waiting().message())
                .contains("1 CheckFailed");
        farm.untilWorker(
                "w", w -> Harness.reason(w, BuildWorkerStatus.SCHEDULABLE).equals(Reason.CheckFailed.name()));
        loop.end(pod, 0, PASSES);
        farm.until("any", s -> s.liveAttempt().isPresent());
    }

    /** Whoever takes over finds the pod by its name. */
    @Test
    void afterACrashNoScriptRunsTwice() {
        loop.start("");
        var pod = loop.pod(1);
        farm.operatorEnds();
        farm.withOperator();
        loop.annotate("unknown");
        loop.annotation(Optional.empty());
        farm.operatorEnds();
        loop.end(pod, 0, PASSES);
        farm.withOperator();
        loop.result(r -> Boolean.TRUE.equals(r.passed()));
        await().atMost(CheckedWorker.PATIENCE).until(() -> loop.pods().isEmpty());
        assertThat(farm.writes().stream()
                        .filter(w -> w.verb() == Verb.CREATE
                                && w.name().equals(pod.getMetadata().getName())))
                .hasSize(1);
        loop.events(Reason.UnknownCheck, "the WorkerCheck unknown, which is asked for, does not exist");
    }

    /** The status has the result, and the pod is there all the same. */
    @Test
    void aPodWhoseResultIsKnownIsOnlyDeleted() {
        loop.start("");
        var pod = loop.pod(1);
        loop.end(pod, 0, PASSES);
        var result = loop.result(r -> Boolean.TRUE.equals(r.passed()));
        await().atMost(CheckedWorker.PATIENCE).until(() -> loop.pods().isEmpty());
        farm.operatorEnds();
        pod.getMetadata().setResourceVersion(null);
        pod.getMetadata().setUid(null);
        assertThat(pod.getMetadata().getAnnotations().remove(Annotations.CREATE_BEFORE))
                .as("it says until when it is to be created")
                .isNotNull();
        farm.client().resource(pod).create();
        farm.withOperator();
        await().atMost(CheckedWorker.PATIENCE)
                .until(() -> farm.writes().stream()
                                .filter(w -> w.verb() == Verb.DELETE
                                        && w.name().equals(pod.getMetadata().getName()))
                                .count()
                        == 2);
        farm.kubelet().gone(pod);
        assertThat(loop.result(r -> true)).isEqualTo(result);
    }

    @Test
    void whatARunNeedsIsKeptFreeForIt() {
        farm.worker("w", 4);
        farm.apply("""
            apiVersion: v1
            kind: Pod
            metadata: {name: others}
            spec:
              nodeName: w
              containers: [{name: c, image: "local.test/web:1", resources: {requests: {cpu: 62500m}}}]
            """, Pod.class);
        loop.check("resources: {cpu: 500m}");
        farm.withOperator();
        loop.untilBudget("1");
        var pod = loop.pod(1);
        loop.untilBudget("1");
        loop.end(pod, 0, PASSES);
        loop.result(r -> Boolean.TRUE.equals(r.passed()));
        loop.untilBudget("1");
        farm.client().resources(WorkerCheck.class).delete();
        loop.untilBudget("1500m");
        farm.untilWorker("w", w -> w.getStatus().checks().isEmpty());
    }

    @Test
    void aWorkerThatIsDrainedIsCheckedOnlyIfSomebodyAsks() {
        farm.worker("w", 4);
        farm.worker("x", 4);
        loop.patch("{\"metadata\":{\"annotations\":{\"" + Annotations.DRAIN + "\":\"repair\"}}}");
        loop.check("");
        farm.withOperator();
        var other = loop.pod(1);
        assertThat(other.getMetadata().getLabels()).containsEntry(Labels.WORKER, "x");
        loop.annotate("loop");
        await().atMost(CheckedWorker.PATIENCE).until(() -> loop.pods().size() == 2);
        loop.annotation(Optional.empty());
    }

    /** As where a registry is down or an image is broken: no fault of the workers, and no job of theirs waits for it. */
    @Test
    void oneThatCannotBeRunAnyMoreIsReportedAndItsResultsCountOn() {
        farm.apply("""
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: DispatchPolicy
            metadata: {name: default}
            spec: {}
            """, DispatchPolicy.class);
        loop.start("");
        loop.end(loop.pod(1), 0, PASSES);
        loop.result(r -> Boolean.TRUE.equals(r.passed()));
        loop.annotate("loop");
        loop.end(loop.pod(2), 126, "smart-dispatcher-check: unusable\\nthe image has no tr\\n");
        var result = loop.result(r -> r.notRun() != null);
        assertThat(result.passed()).isTrue();
        assertThat(result.notRun().message()).isEqualTo("the image has no tr");
        var message =
                "the check loop cannot be run on 1 of its 1 workers: what they have passed counts on. One of them: w: "
                        + "the image has no tr";
        loop.event("WorkerCheck", Reason.ChecksNotRunning, message);
        loop.event("DispatchPolicy", Reason.ChecksNotRunning, message);
        farm.job("asks", "requires: {checks: [loop]}");
        farm.until("asks", s -> s.liveAttempt().isPresent());
        // It is run again, and is then as before.
        loop.annotate("loop");
        loop.end(loop.pod(3), 0, PASSES);
        assertThat(loop.result(r -> r.lastRound() == 3).notRun()).isNull();
    }

    @Test
    void aResultDoesNotEndWhileItsCheckCannotBeRun() {
        var clock = new LeapingClock();
        farm.worker("w", 4);
        loop.check("");
        farm.operatorAt(clock);
        loop.end(loop.pod(1), 0, PASSES);
        loop.result(r -> Boolean.TRUE.equals(r.passed()));
        loop.annotate("loop");
        loop.end(loop.pod(2), 126, "smart-dispatcher-check: unusable\\nthe image has no tr\\n");
        var result = loop.result(r -> r.notRun() != null);
        loop.event(
                "WorkerCheck",
                Reason.ChecksNotRunning,
                "the check loop cannot be run on 1 of its 1 workers: what they have passed counts on. One of them: w: the"
                        + " image has no tr");
        clock.leap(Duration.between(clock.instant(), result.expires().minusSeconds(120)));
        loop.patch("{\"metadata\":{\"labels\":{\"woken\":\"yes\"}}}");
        var prolonged = loop.result(r -> r.expires().isAfter(result.expires()));
        assertThat(prolonged.passed()).isTrue();
        assertThat(prolonged.expires()).isBeforeOrEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
    }

    @Test
    void oneThatCannotBeRunSaysWhy() {
        loop.start("image: \"\"");
        await().atMost(CheckedWorker.PATIENCE).until(() -> {
            var status = farm.client()
                    .resources(WorkerCheck.class)
                    .withName("loop")
                    .get()
                    .getStatus();
            return status != null
                    && status.conditions().stream()
                            .anyMatch(c -> !c.holds() && c.message().startsWith("spec.image: must be set"));
        });
        assertThat(loop.pods()).isEmpty();
    }
}
