package dev.smartdispatcher.e2e.operator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import dev.smartdispatcher.operator.workload.pod.WorkerPod;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A deadline that becomes shorter while the build runs is told to its pod. */
@ExtendWith(HarnessExtension.class)
class DeadlineTest {
    private final Harness farm;

    DeadlineTest(Harness farm) {
        this.farm = farm;
    }

    private Pod runs(String deadline) {
        farm.worker("w", 4);
        farm.withOperator().job("j", deadline);
        var pod = farm.pod("j", 1);
        farm.kubelet().running(pod);
        farm.until("j", s -> s.holds(BuildJobStatus.RUNNING));
        return pod;
    }

    private void shorten(int seconds) {
        farm.client()
                .resources(BuildJob.class)
                .inNamespace(farm.namespace())
                .withName("j")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"activeDeadlineSeconds\":" + seconds + "}}");
    }

    private void untilTold(Pod pod, int seconds) {
        await().untilAsserted(() -> {
            var now = farm.client()
                    .pods()
                    .inNamespace(farm.namespace())
                    .withName(pod.getMetadata().getName())
                    .get();
            assertThat(now.getMetadata().getAnnotations())
                    .containsEntry(Annotations.DEADLINE_SECONDS, Integer.toString(seconds));
            assertThat(now.getSpec().getActiveDeadlineSeconds())
                    .isEqualTo((long) seconds + WorkerPod.DEADLINE_MARGIN_SECONDS);
        });
    }

    @Test
    void theJobsOwnAndThePolicysDefault() {
        var pod = runs("");
        untilTold(pod, 86400);
        shorten(3600);
        untilTold(pod, 3600);
        shorten(60);
        untilTold(pod, 60);
        assertThat(farm.status("j").attempts()).hasSize(1);
    }

    @Test
    void aBuildThatStandsStillFailsWithItsLastLines() {
        farm.policy("{defaults: {idleDeadlineSeconds: 600}}");
        var pod = runs("");
        assertThat(pod.getSpec().getContainers().get(0).getCommand().toString()
                        + pod.getSpec().getContainers().get(0).getArgs())
                .contains("--idle-deadline, 600");
        farm.kubelet()
                .ended(
                        pod,
                        124,
                        "Error",
                        "{\\\"exitCode\\\":124,\\\"idleDeadlineExceeded\\\":true,\\\"idleDeadlineSeconds\\\":600,"
                                + "\\\"lastLines\\\":\\\"checking for cc... gcc\\\\nasking the network\\\"}");
        var failed = farm.until("j", BuildJobStatus::finished)
                .condition(BuildJobStatus.FAILED)
                .orElseThrow();
        assertThat(failed.reason()).isEqualTo("IdleDeadlineExceeded");
        assertThat(failed.message())
                .isEqualTo("neither wrote output nor used CPU for 600 s; its last lines: checking for cc... gcc |"
                        + " asking the network");
    }

    @Test
    void aRefusedPatchIsSentAgainAndHoldsNothingUp() {
        var pod = runs("activeDeadlineSeconds: 3600");
        farm.faults().failNext(r -> r.is(Verb.PATCH, "pods"), 500);
        shorten(60);
        untilTold(pod, 60);
        farm.kubelet().ended(pod, 124, "Error", "{\\\"exitCode\\\":124,\\\"deadlineExceeded\\\":true}");
        var status = farm.until("j", BuildJobStatus::finished);
        assertThat(status.condition(BuildJobStatus.FAILED).orElseThrow().message())
                .isEqualTo("exceeded its deadline of 60 s");
    }

    @Test
    void aBuildWhoseDeadlineIsUnchangedCostsNoPatch() {
        var pod = runs("activeDeadlineSeconds: 3600");
        farm.kubelet().ended(pod, 0);
        farm.until("j", BuildJobStatus::finished);
        assertThat(farm.writes())
                .noneMatch(w -> w.verb() == Verb.PATCH && w.resource().equals("pods"));
    }
}
