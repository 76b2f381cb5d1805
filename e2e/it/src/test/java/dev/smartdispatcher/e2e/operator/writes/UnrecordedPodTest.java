package dev.smartdispatcher.e2e.operator.writes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.embedded.ClusterOptions;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.LatePods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pods that come when their attempt has been taken back, or their job is gone. */
class UnrecordedPodTest {
    private final Harness farm = new Harness(ClusterOptions.DEFAULT.withoutGarbageCollector());

    @AfterEach
    void close() {
        farm.close();
    }

    /** A pod that the operator has made, whose job and operator have ended. */
    private Pod template() {
        farm.withOperator().job("template");
        var pod = farm.pod("template", 1);
        farm.kubelet().ended(pod, 0);
        farm.until("template", BuildJobStatus::finished);
        farm.operatorEnds();
        return pod;
    }

    private Pod late(Pod template, String job, int attempt) {
        return LatePods.create(farm, LatePods.of(farm, template, job, attempt), "w");
    }

    /** @param exitCode of a build that ends before anybody sees it; -1: it runs */
    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3})
    void oneThatFitsIsTheNextAttempt(int exitCode) {
        farm.worker("w", 1);
        var template = template();
        farm.job("j", "priority: 10", "retry: {onFailure: 0}");
        var pod = late(template, "j", 1);
        farm.pod("j", 1);
        if (exitCode >= 0) {
            farm.kubelet().ended(pod, exitCode);
        }
        farm.job("next");
        farm.withOperator();
        var status = farm.until("j", s -> s.attempts().size() == 1);
        assertThat(status.attempts().get(0).pod()).isEqualTo(pod.getMetadata().getName());
        assertThat(status.attempts().get(0).worker()).isEqualTo("w");
        assertThat(status.recordedPlan())
                .hasValue(pod.getMetadata().getAnnotations().get(Annotations.PLAN));
        if (exitCode < 0) {
            farm.kubelet().ended(farm.pod("j", 1), 0);
        }
        assertThat(farm.until("j", BuildJobStatus::finished).attempts())
                .extracting(Attempt::outcome)
                .containsExactly(exitCode > 0 ? Reason.BuildFailed : Reason.Succeeded);
        farm.kubelet().ended(farm.pod("next", 1), 0);
        farm.until("next", BuildJobStatus::finished);
    }

    @Test
    void oneForWhichThereIsNoRoomIsDeletedAndItsJobWaits() {
        farm.worker("w", 1);
        var template = template();
        farm.withOperator().job("first");
        var first = farm.pod("first", 1);
        farm.kubelet().running(first);
        farm.job("j");
        farm.until("j", s -> s.waiting() != null && s.waiting().reason() == Reason.NoRoom);
        var pod = late(template, "j", 1);
        farm.untilDeleted(pod);
        farm.kubelet().gone(pod);
        assertThat(farm.status("j").attempts()).isEmpty();
        farm.kubelet().ended(first, 0);
        farm.kubelet().ended(farm.pod("j", 1), 0);
        assertThat(farm.until("j", BuildJobStatus::finished).attempts()).hasSize(1);
    }

    @Test
    void oneOfAnotherPlanIsDeletedBeforeItsJobIsDispatched() {
        farm.worker("w", 2);
        var template = template();
        farm.job("j");
        var pod = late(
                new PodBuilder(template)
                        .editMetadata()
                        .addToAnnotations(Annotations.PLAN, "sha256:0")
                        .endMetadata()
                        .build(),
                "j",
                1);
        farm.withOperator();
        farm.untilDeleted(pod);
        assertThat(farm.status("j").attempts()).isEmpty();
        farm.kubelet().gone(pod);
        farm.kubelet().ended(farm.pod("j", 1), 0);
        assertThat(farm.until("j", BuildJobStatus::finished).attempts()).hasSize(1);
    }

    @Test
    void oneOfAJobThatIsOverIsDeleted() {
        farm.worker("w", 2);
        var template = template();
        farm.withOperator();
        farm.untilDeleted(late(template, "template", 2));
    }

    /** With a job of its name that was made since, or none. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneWhoseJobIsGoneIsDeleted(boolean again) {
        farm.worker("w", 2);
        farm.withOperator().job("j");
        var pod = farm.pod("j", 1);
        var job = farm.client().resources(BuildJob.class).inNamespace("default").withName("j");
        job.delete();
        await().until(() -> job.get() == null);
        if (again) {
            farm.job("j", "requires: {hostArch: [s390x]}");
        }
        farm.untilDeleted(pod);
    }
}
