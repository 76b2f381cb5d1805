package dev.smartdispatcher.e2e.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user sees of a job, whatever happens to its pod. */
@ExtendWith(HarnessExtension.class)
class JobLifeTest {
    private final Harness farm;

    JobLifeTest(Harness farm) {
        this.farm = farm.withOperator();
    }

    @Test
    void aJobIsDispatchedRunsAndCompletes() {
        farm.worker("w", 2);
        farm.job("zlib");
        var pod = farm.pod("zlib", 1);
        assertThat(farm.status("zlib").allocation().worker()).isEqualTo("w");
        farm.kubelet().running(pod);
        farm.until("zlib", s -> s.holds(BuildJobStatus.RUNNING));
        farm.kubelet().ended(pod, 0);
        var status = farm.until("zlib", BuildJobStatus::finished);
        assertThat(status.holds(BuildJobStatus.COMPLETE)).isTrue();
        assertThat(status.holds(BuildJobStatus.RUNNING)).isFalse();
        assertThat(status.attempts()).singleElement().satisfies(a -> {
            assertThat(a.outcome()).isEqualTo(Reason.Succeeded);
            assertThat(a.exitCode()).isZero();
        });
    }

    @Test
    void anUnknownEnvironmentIsWaitedForByName() {
        farm.worker("w", 2);
        farm.apply("""
                apiVersion: smartdispatcher.dev/v1alpha1
                kind: BuildJob
                metadata: {name: early}
                spec: {targetArch: x86_64, environment: later, args: ["true"]}
                """, BuildJob.class);
        var waiting = farm.until("early", s -> s.waiting() != null).waiting();
        assertThat(waiting.reason()).isEqualTo(Reason.UnknownEnvironment);
        assertThat(waiting.message()).contains("'later'");
        farm.apply("""
                apiVersion: smartdispatcher.dev/v1alpha1
                kind: BuildEnvironment
                metadata: {name: later}
                spec: {image: "local.test/x"}
                """, BuildEnvironment.class);
        farm.kubelet().ended(farm.pod("early", 1), 0);
        farm.until("early", s -> s.holds(BuildJobStatus.COMPLETE));
    }

    @Test
    void aWorkerWithNonsenseNumbersGetsNoJobAndSaysWhy() {
        farm.worker("broken", 2, "-8Gi");
        var worker = farm.untilWorker(
                "broken",
                w -> w.getStatus() != null
                        && Farm.reason(w, BuildWorkerStatus.SCHEDULABLE).equals("InvalidFacts"));
        assertThat(worker.getStatus()
                        .condition(BuildWorkerStatus.SCHEDULABLE)
                        .orElseThrow()
                        .message())
                .contains("recommendedLimits.memory: -8Gi is negative");
        farm.job("j");
        assertThat(farm.until("j", s -> s.waiting() != null).waiting().message())
                .contains("1 InvalidFacts");
    }

    @Test
    void anImageWithoutAShellEndsTheAttemptAndNotTheOperator() {
        farm.worker("w", 2);
        farm.job("shell-less");
        farm.kubelet().ended(farm.pod("shell-less", 1), 128, "StartError", "exec: /bin/sh: no such file or directory");
        var status = farm.until("shell-less", BuildJobStatus::finished);
        assertThat(status.lastAttempt().orElseThrow().outcome()).isEqualTo(Reason.EntryNotRunnable);
        farm.job("next");
        farm.kubelet().ended(farm.pod("next", 1), 0);
        farm.until("next", s -> s.holds(BuildJobStatus.COMPLETE));
    }

    @Test
    void aFailedBuildIsRetriedAsOftenAsItMayBe() {
        farm.worker("w", 2);
        farm.job("flaky", "retry: {onFailure: 1}");
        farm.kubelet().ended(farm.pod("flaky", 1), 2);
        farm.kubelet().ended(farm.pod("flaky", 2), 2);
        var status = farm.until("flaky", BuildJobStatus::finished);
        assertThat(status.condition(BuildJobStatus.FAILED).orElseThrow().reason())
                .isEqualTo("BuildFailed");
        assertThat(status.attempts()).hasSize(2);
    }

    @Test
    void memoryThatRanOutIsDoubled() {
        farm.worker("w", 2);
        farm.job("hungry", "resources: {memory: {base: 256Mi, perProcess: 256Mi}}");
        var first = farm.pod("hungry", 1);
        assertThat(memory(first)).isEqualTo("512Mi");
        farm.kubelet().ended(first, 137, "OOMKilled", "");
        assertThat(memory(farm.pod("hungry", 2))).isEqualTo("1Gi");
    }

    private static String memory(io.fabric8.kubernetes.api.model.Pod pod) {
        return pod.getSpec()
                .getContainers()
                .get(0)
                .getResources()
                .getLimits()
                .get("memory")
                .toString();
    }

    @Test
    void aPodThatIsGoneWithoutAnOutcomeIsALostWorkerAndRetried() {
        farm.worker("w", 2);
        farm.job("lost");
        var pod = farm.pod("lost", 1);
        farm.kubelet().running(pod);
        farm.until("lost", s -> s.holds(BuildJobStatus.RUNNING));
        farm.kubelet().gone(pod);
        farm.kubelet().ended(farm.pod("lost", 2), 0);
        var status = farm.until("lost", s -> s.holds(BuildJobStatus.COMPLETE));
        assertThat(status.attempts().get(0).outcome()).isEqualTo(Reason.WorkerLost);
    }

    @Test
    void anEnvironmentThatGoesIsTheReasonOfThoseThatWait() {
        farm.worker("w", 1);
        farm.job("runs");
        farm.pod("runs", 1);
        farm.job("next");
        farm.until("next", s -> s.waiting() != null && s.waiting().reason() == Reason.NoRoom);
        farm.client().resources(BuildEnvironment.class).withName("debian").delete();
        farm.until("next", s -> s.waiting().reason() == Reason.UnknownEnvironment);
    }

    /** @param answer of a quota, and of an admission webhook that says no more than no */
    @ParameterizedTest
    @ValueSource(ints = {403, 400})
    void aRefusedPodIsAWaitingReasonAndNoHotLoop(int answer) {
        farm.worker("w", 2);
        farm.faults().failNext(r -> r.is(Verb.CREATE, "pods"), answer);
        farm.job("poor");
        var status = farm.until("poor", s -> s.waiting() != null && s.waiting().reason() == Reason.QuotaExceeded);
        assertThat(status.attempts()).isEmpty();
        assertThat(status.finished()).isFalse();
    }
}
