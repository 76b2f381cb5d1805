package dev.smartdispatcher.operator.workload.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.policy.DispatchPolicySpec;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.client.refusal.ApiRefusal.Cause;
import dev.smartdispatcher.operator.client.refusal.FieldAuthor;
import dev.smartdispatcher.operator.packages.PackageRules;
import dev.smartdispatcher.operator.workload.JobIdentity;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodAuthorsTest {
    private static final String DEVICE = "devices.kubevirt.io/kvm";
    private static final BuildEnvironmentSpec ENVIRONMENT = Serialization.unmarshal("""
        image: local.test/build-debian:12
        rules: [{name: all, env: [{name: OF_ENVIRONMENT, value: a}]}]
        """, BuildEnvironmentSpec.class);
    private static final String JOB = """
        targetArch: x86_64
        environment: debian-12
        args: [make]
        requires: {isolation: KVM}
        env: [{name: OF_JOB, value: b}]
        envFrom: [{secretRef: {name: s}}]
        results: {claimName: out}
        volumes: [{name: own, emptyDir: {}}]
        volumeMounts: [{name: own, mountPath: /own}]
        """;

    private static PodAuthors authors(String spec, String policy) {
        var request = request(spec, policy);
        return new PodAuthors(request, WorkerPod.of(request));
    }

    private static WorkerPodRequest request(String spec, String policy) {
        var job = Serialization.unmarshal(spec, BuildJobSpec.class);
        var defaults = Serialization.unmarshal(policy, DispatchPolicySpec.class).defaults();
        return new WorkerPodRequest(
                new JobIdentity("team-a", "zlib", "8c1f2a3b-0000-4000-8000-000000000000"),
                job,
                1,
                new Allocation(
                        "node-7",
                        "x86_64",
                        Mode.Native,
                        6,
                        new Quantity("6"),
                        new Quantity("1Gi"),
                        new Quantity("4Gi")),
                PackageRules.evaluate(ENVIRONMENT, Architecture.x86_64, Architecture.x86_64, Mode.Native),
                "lists-4f1c",
                "entry-77aa",
                ScratchVolume.of(job, defaults),
                14400,
                List.of(),
                "",
                new RetentionLimits(1000, 2000),
                Optional.of(DEVICE));
    }

    @ParameterizedTest
    @CsvSource({
        "spec.tolerations[0].operator, Policy",
        "spec.priorityClassName, Policy",
        "spec.activeDeadlineSeconds, Policy",
        "spec.containers[0].resources.limits[devices.kubevirt.io/kvm], Policy",
        "spec.containers[0].resources.requests, Namespace",
        "spec.containers[0].image, Environment",
        "spec.containers[0].imagePullPolicy, Nobody",
        "spec.containers[0].envFrom[0].secretRef.name, Job",
        "spec.containers[0].workingDir, Job",
        "spec.containers[1].image, Nobody",
        "spec.imagePullSecrets[0].name, Job",
        "metadata.labels, Worker",
        "spec.hostUsers, Nobody",
    })
    void aFieldIsWhoseWordItIs(String path, FieldAuthor author) {
        assertThat(authors(JOB, "{}").of(new Cause(path, "Required value"))).isEqualTo(author);
    }

    @ParameterizedTest
    @CsvSource({
        "own, Job",
        "smart-dispatcher-claim, Job",
        "smart-dispatcher-build, Policy",
        "smart-dispatcher-tmp, Nobody",
        "smart-dispatcher-entry, Nobody",
    })
    void aVolumeIsHisWhoNamesIt(String name, FieldAuthor author) {
        var request = request(JOB, "--- {defaults: {disk: {storageClassName: fast}}}");
        var pod = WorkerPod.of(request);
        var names = pod.getSpec().getVolumes().stream().map(v -> v.getName()).toList();
        var path = "spec.volumes[" + names.indexOf(name) + "].name";
        assertThat(new PodAuthors(request, pod).of(new Cause(path, "Required value")))
                .isEqualTo(author);
    }

    @ParameterizedTest
    @CsvSource({"OF_JOB, Job", "OF_ENVIRONMENT, Environment", "BUILD_JOBS, Nobody"})
    void aVariableIsHisWhoSetsIt(String name, FieldAuthor author) {
        var request = request(JOB, "{}");
        var pod = WorkerPod.of(request);
        var names = pod.getSpec().getContainers().get(0).getEnv().stream()
                .map(v -> v.getName())
                .toList();
        var path = "spec.containers[0].env[" + names.indexOf(name) + "].name";
        assertThat(new PodAuthors(request, pod).of(new Cause(path, "Required value")))
                .isEqualTo(author);
    }

    @Test
    void anImageOfTheJobsOwnIsTheJobs() {
        assertThat(authors(JOB + "image: mine\n", "{}").of(new Cause("spec.containers[0].image", "Required value")))
                .isEqualTo(FieldAuthor.Job);
    }

    /** A webhook put something before it: what is quoted is not in the pod that was sent. */
    @Test
    void whatThePodDoesNotHoldIsNobodysWord() {
        var authors = authors(JOB + "image: mine\n", "{}");
        assertThat(authors.of(new Cause("spec.containers[0].image", "Invalid value: \"mine\": no")))
                .isEqualTo(FieldAuthor.Job);
        assertThat(authors.of(new Cause("spec.containers[0].image", "Invalid value: \"injected\": no")))
                .isEqualTo(FieldAuthor.Nobody);
    }
}
