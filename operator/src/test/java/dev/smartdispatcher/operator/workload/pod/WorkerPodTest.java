package dev.smartdispatcher.operator.workload.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.JobVolumeMount;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.policy.JobDefaults;
import dev.smartdispatcher.api.policy.TaintToleration;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.packages.PackageRules;
import dev.smartdispatcher.operator.testing.Golden;
import dev.smartdispatcher.operator.workload.AllocationAnnotation;
import dev.smartdispatcher.operator.workload.EntryConfigMap;
import dev.smartdispatcher.operator.workload.JobIdentity;
import dev.smartdispatcher.operator.workload.ListConfigMap;
import dev.smartdispatcher.operator.workload.PodName;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerPodTest {
    private static final JobIdentity JOB = new JobIdentity("team-a", "zlib", "8c1f2a3b-0000-4000-8000-000000000000");
    private static final Allocation ALLOCATION = new Allocation(
            "node-7", "x86_64", Mode.Cross, 6, new Quantity("6"), new Quantity("1456Mi"), new Quantity("4Gi"));

    private static final BuildEnvironmentSpec ENVIRONMENT = Serialization.unmarshal("""
        image: local.test/build-debian:12
        packages: {preinstall: [bash], install: [gcc, make]}
        rules:
        - {name: cross, when: {hostArch: [x86_64], targetArch: [armv7l], modes: [Cross]}, install: [cross-armv7l-gcc],
           noInstall: [rpm], env: [{name: CROSS_COMPILE, value: arm-linux-gnueabihf-}]}
        """, BuildEnvironmentSpec.class);

    private static Pod pod(String spec, List<TaintToleration> tolerations) {
        return pod(spec, tolerations, "");
    }

    private static Pod pod(String spec, List<TaintToleration> tolerations, String priorityClassName) {
        return pod(spec, tolerations, priorityClassName, Optional.empty());
    }

    private static Pod isolated(String isolation, Optional<String> device) {
        return pod("""
            targetArch: armv7l
            environment: debian-12
            requires: {isolation: %s}
            """.formatted(isolation), List.of(), "", device);
    }

    private static Pod pod(
            String spec, List<TaintToleration> tolerations, String priorityClassName, Optional<String> device) {
        var job = Serialization.unmarshal(spec, BuildJobSpec.class);
        return WorkerPod.of(new WorkerPodRequest(
                JOB,
                job,
                2,
                ALLOCATION,
                PackageRules.evaluate(ENVIRONMENT, Architecture.x86_64, Architecture.armv7l, Mode.Cross),
                "lists-4f1c",
                "entry-77aa",
                ScratchVolume.of(job, JobDefaults.STANDARD),
                14400,
                tolerations,
                priorityClassName,
                new RetentionLimits(1000, 2000),
                device));
    }

    @Test
    void aMinimalJob() {
        Golden.assertYaml("workload/minimal-pod.yaml", pod("""
            targetArch: armv7l
            environment: debian-12
            args: [make]
            """, List.of()));
    }

    @Test
    void aUserNamespaceOfItsOwn() {
        var spec = isolated("UserNamespace", Optional.empty()).getSpec();
        assertThat(spec.getHostUsers()).isFalse();
        assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(isolated("Container", Optional.empty()).getSpec().getHostUsers())
                .isNull();
    }

    @Test
    void aChangeOfRootTakesRootWhichIsGivenInAUserNamespaceOnly() {
        var spec = isolated("Chroot", Optional.empty()).getSpec();
        assertThat(spec.getHostUsers()).isFalse();
        assertThat(spec.getSecurityContext().getRunAsUser()).isZero();
        var security = spec.getContainers().get(0).getSecurityContext();
        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(security.getCapabilities().getAdd()).contains("SYS_CHROOT").doesNotContain("SYS_ADMIN", "MKNOD");
    }

    @Test
    void aVirtualMachineIsADeviceThatIsRequestedAndLimited() {
        var spec = isolated("KVM", Optional.of("devices.kubevirt.io/kvm")).getSpec();
        assertThat(spec.getHostUsers()).isNull();
        var resources = spec.getContainers().get(0).getResources();
        assertThat(resources.getRequests()).containsEntry("devices.kubevirt.io/kvm", new Quantity("1"));
        assertThat(resources.getLimits()).containsEntry("devices.kubevirt.io/kvm", new Quantity("1"));
    }

    @Test
    void aWorkingDirectoryOnAVolumeOfAClass() {
        Golden.assertYaml("workload/class-pod.yaml", pod("""
            targetArch: armv7l
            environment: debian-12
            args: [make]
            resources: {disk: {size: 30Gi, storageClassName: fast}}
            """, List.of()));
    }

    @Test
    void aJobWithEverything() {
        Golden.assertYaml(
                "workload/full-pod.yaml",
                pod(
                        """
                        package: zlib-ng
                        targetArch: armv7l
                        environment: debian-12
                        image: local.test/own:1
                        command: [bash, -c]
                        args: ["make -j$BUILD_JOBS"]
                        workingDir: /build/src
                        env: [{name: CFLAGS, value: -O2}, {name: CROSS_COMPILE, value: mine-}]
                        envFrom: [{prefix: A_, configMapRef: {name: settings}}, {secretRef: {name: token}}]
                        imagePullSecrets: [{name: registry}]
                        volumes:
                        - {name: sources, persistentVolumeClaim: {claimName: sources, readOnly: true}}
                        - {name: config, configMap: {name: settings}}
                        - {name: keys, secret: {name: keys}}
                        - {name: cache, emptyDir: {sizeLimit: 1Gi}}
                        volumeMounts:
                        - {name: sources, mountPath: /src, readOnly: true}
                        - {name: cache, mountPath: /cache, subPath: zlib}
                        results: {path: /build/dist, claimName: artifacts}
                        """,
                        List.of(
                                new TaintToleration("builds", null, "only", TaintToleration.Effect.NoSchedule),
                                new TaintToleration("spot", TaintToleration.Operator.Exists, null, null)),
                        "builds"));
    }

    /** Kubernetes expands a job's command and variables, as users know it, but no paths. */
    @Test
    void aJobsPathsAreTakenAsTheyAre() {
        var container = pod("""
            targetArch: armv7l
            environment: debian-12
            args: ["echo $$ $(HOME)"]
            env: [{name: MINE, value: "$(BUILD_JOBS)$$"}]
            results: {path: /build/$(HOME), claimName: artifacts}
            cache: {path: /a$$b}
            """, List.of()).getSpec().getContainers().get(0);
        assertThat(container.getArgs())
                .containsSubsequence("--results", "/build/$$(HOME)", "--")
                .endsWith("echo $$ $(HOME)");
        assertThat(container.getEnv())
                .contains(
                        new EnvVar("BUILD_RESULTS", "/build/$$(HOME)", null),
                        new EnvVar("BUILD_CACHE", "/a$$$$b", null),
                        new EnvVar("MINE", "$(BUILD_JOBS)$$", null));
        assertThat(container.getVolumeMounts())
                .anyMatch(mount -> mount.getMountPath().equals("/a$$b"));
    }

    @Test
    void listsAreAConfigMapNamedByTheirContent() {
        var plan = PackageRules.evaluate(ENVIRONMENT, Architecture.x86_64, Architecture.armv7l, Mode.Cross);
        Golden.assertYaml(
                "workload/lists.yaml", ListConfigMap.of("team-a", plan, Instant.parse("2026-01-01T12:00:00.5Z")));
    }

    @Test
    void theEntryIsAConfigMapNamedByItsContent() {
        var map = EntryConfigMap.of("team-a");
        assertThat(map.getMetadata().getName()).matches("entry-[0-9a-f]{12}");
        assertThat(map.getData().get("entry.sh")).startsWith("#!/bin/sh\n");
    }

    @Test
    void aJobCannotMountOverWhatIsTheOperators() {
        var mounts = pod("""
            targetArch: armv7l
            environment: debian-12
            results: {claimName: artifacts}
            """, List.of()).getSpec().getContainers().get(0).getVolumeMounts();
        assertThat(mounts).hasSize(7).allSatisfy(mount -> assertThat(mount.getMountPath() + "/")
                .containsPattern(JobVolumeMount.TAKEN));
    }

    @Test
    void aJobCannotReplaceWhatTheOperatorTellsIt() {
        var env = pod("""
            targetArch: armv7l
            environment: debian-12
            env: [{name: BUILD_JOBS, value: "99"}, {name: RPM_BUILD_NCPUS, value: "1"}]
            """, List.of()).getSpec().getContainers().get(0).getEnv();
        assertThat(env).contains(new EnvVar("BUILD_JOBS", "6", null), new EnvVar("RPM_BUILD_NCPUS", "1", null));
    }

    @Test
    void theLongestNameMakesAPodNameOf63CharactersAtMost() {
        var longest = new JobIdentity("ns", "x".repeat(52), "0123456789");
        assertThat(PodName.of(longest, 20)).hasSizeLessThanOrEqualTo(63).endsWith("-01234-20");
    }

    @Test
    void aPodTellsItsAllocation() {
        var pod = pod("{\"targetArch\": \"armv7l\", \"environment\": \"e\"}", List.of());
        assertThat(AllocationAnnotation.read(pod)).contains(ALLOCATION);
        for (var garbage : List.of(
                "{\"cpu\":",
                "null",
                "7",
                "{}",
                "{\"cpu\":\"1\",\"memory\":\"much\",\"disk\":\"1\"}",
                "{\"cpu\":\"-1\",\"memory\":\"1\",\"disk\":\"1\"}")) {
            var other = new PodBuilder()
                    .withNewMetadata()
                    .addToAnnotations("smartdispatcher.dev/allocation", garbage)
                    .endMetadata()
                    .build();
            assertThat(AllocationAnnotation.read(other)).as(garbage).isEmpty();
        }
    }
}
