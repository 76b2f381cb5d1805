package dev.smartdispatcher.operator.workload.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.operator.workload.JobIdentity;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pod is an attempt if the job that its labels name owns it: kind, group, name and UID. */
class AttemptPodTest {
    private static final JobIdentity JOB = new JobIdentity("tenant", "job", "uid");

    @ParameterizedTest
    @CsvSource({
        "smartdispatcher.dev/v1alpha1, BuildJob, job, uid, true",
        // As a later version of the operator writes it, and this one reads it after a rollback.
        "smartdispatcher.dev/v1, BuildJob, job, uid, true",
        "evil.example/v1alpha1, BuildJob, job, uid, false",
        "smartdispatcher.dev.evil.example/v1, BuildJob, job, uid, false",
        "smartdispatcher.dev, BuildJob, job, uid, false",
        "v1, BuildJob, job, uid, false",
        ", BuildJob, job, uid, false",
        "smartdispatcher.dev/v1alpha1, BuildWorker, job, uid, false",
        "smartdispatcher.dev/v1alpha1, buildjob, job, uid, false",
        "smartdispatcher.dev/v1alpha1, BuildJob, other, uid, false",
        "smartdispatcher.dev/v1alpha1, BuildJob, , uid, false",
        "smartdispatcher.dev/v1alpha1, BuildJob, job, other, false",
        "smartdispatcher.dev/v1alpha1, BuildJob, job, , false"
    })
    void isWhoseItsOwnerSays(String apiVersion, String kind, String name, String uid, boolean attempt) {
        var pod = pod(apiVersion, kind, name, uid);
        assertThat(AttemptPod.of(pod))
                .isEqualTo(attempt ? Optional.of(new AttemptPod("w", "uid", 2)) : Optional.empty());
        assertThat(AttemptPod.isOf(pod, JOB)).isEqualTo(attempt);
    }

    @Test
    void oneOfAnotherNamespacesJobIsNotThisOnes() {
        var pod = pod("smartdispatcher.dev/v1alpha1", "BuildJob", "job", "uid");
        assertThat(AttemptPod.isOf(pod, new JobIdentity("other", "job", "uid"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({Labels.WORKER, Labels.JOB, Labels.JOB_UID})
    void withoutOneOfItsLabelsItIsNone(String label) {
        var pod = pod("smartdispatcher.dev/v1alpha1", "BuildJob", "job", "uid");
        pod.getMetadata().getLabels().remove(label);
        assertThat(AttemptPod.of(pod)).isEmpty();
    }

    @Test
    void managedByAloneMeansNothing() {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace("tenant")
                .addToLabels(Labels.MANAGED_BY, Labels.OPERATOR)
                .endMetadata()
                .build();
        assertThat(AttemptPod.of(pod)).isEmpty();
        assertThat(AttemptPod.isOf(pod, JOB)).isFalse();
    }

    private static Pod pod(String apiVersion, String kind, String name, String uid) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("tenant")
                .addToLabels(Labels.MANAGED_BY, Labels.OPERATOR)
                .addToLabels(Labels.WORKER, "w")
                .addToLabels(Labels.JOB, "job")
                .addToLabels(Labels.JOB_UID, "uid")
                .addToLabels(Labels.ATTEMPT, "2")
                .addNewOwnerReference()
                .withApiVersion(apiVersion)
                .withKind(kind)
                .withName(name)
                .withUid(uid)
                .endOwnerReference()
                .endMetadata()
                .build();
    }
}
