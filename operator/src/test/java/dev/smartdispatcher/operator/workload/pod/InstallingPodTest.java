package dev.smartdispatcher.operator.workload.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.policy.InstallerContext;
import dev.smartdispatcher.api.policy.JobDefaults;
import dev.smartdispatcher.api.worker.WorkerCache;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.packages.PackageRules;
import dev.smartdispatcher.operator.testing.Golden;
import dev.smartdispatcher.operator.workload.JobIdentity;
import dev.smartdispatcher.operator.workload.cache.CacheVolume;
import dev.smartdispatcher.operator.workload.cache.PodCache;
import dev.smartdispatcher.operator.workload.install.Installation;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Worker pods of environments with an installer: what runs where, and with which rights. */
class InstallingPodTest {
    private static final String JOB = """
        targetArch: x86_64
        environment: debian-12
        args: [make]
        results: {claimName: out}
        volumes: [{name: sources, persistentVolumeClaim: {claimName: sources}}]
        volumeMounts: [{name: sources, mountPath: /src, readOnly: true}]
        """;
    private static final String ENVIRONMENT = """
        image: local.test/build-debian:12
        installer: %s
        root: %s
        repository: {persistentVolumeClaim: {claimName: packages}}
        packages: {install: [gcc, make]}
        """;

    private static final Optional<PodCache> CACHE = Optional.of(new PodCache(
            new CacheVolume("node-7", "uid-7", new WorkerCache(new Quantity("50Gi"), "local")),
            List.of("0123456789abcdef")));

    private static Pod pod(String installer, String root, InstallerContext context) {
        return podOf(ENVIRONMENT.formatted(installer, root), JOB, context);
    }

    private static Pod podOf(String environmentSpec, String jobSpec, InstallerContext context) {
        return podOf(environmentSpec, jobSpec, context, Optional.empty());
    }

    private static Pod podOf(
            String environmentSpec, String jobSpec, InstallerContext context, Optional<PodCache> cache) {
        var job = Serialization.unmarshal(jobSpec, BuildJobSpec.class);
        var environment = Serialization.unmarshal(environmentSpec, BuildEnvironmentSpec.class);
        var isolation = job.requiresOrNothing().isolationOrDefault();
        return WorkerPod.of(new WorkerPodRequest(
                new JobIdentity("team-a", "zlib", "8c1f2a3b-0000-4000-8000-000000000000"),
                job,
                1,
                new Allocation(
                        "node-7",
                        "x86_64",
                        Mode.Native,
                        2,
                        new Quantity("2"),
                        new Quantity("1Gi"),
                        new Quantity("4Gi")),
                PackageRules.evaluate(environment, Architecture.x86_64, Architecture.x86_64, Mode.Native),
                "lists-4f1c",
                "entry-77aa",
                ScratchVolume.of(job, JobDefaults.STANDARD),
                14400,
                List.of(),
                "",
                new RetentionLimits(1000, 2000),
                isolation.name().equals("KVM") ? Optional.of("devices.kubevirt.io/kvm") : Optional.empty(),
                Optional.of(Installation.of(environment, context)),
                environment.pod(),
                cache));
    }

    @Test
    void intoTheImage() {
        Golden.assertYaml("workload/install-image-pod.yaml", pod("Deb", "Image", InstallerContext.Baseline));
    }

    @ParameterizedTest
    @EnumSource(InstallerContext.class)
    void intoARootOfItsOwn(InstallerContext context) {
        Golden.assertYaml(
                "workload/install-directory-" + context.name().toLowerCase(Locale.ROOT) + "-pod.yaml",
                pod("Rpm", "Directory", context));
    }

    @Test
    void withPreparedRootsInTheContainerThatInstallsAlone() {
        var pod = podOf(ENVIRONMENT.formatted("Rpm", "Directory"), JOB, InstallerContext.UserNamespace, CACHE);
        Golden.assertYaml("workload/install-cache-pod.yaml", pod);
        assertThat(build(pod).getVolumeMounts())
                .extracting(VolumeMount::getName)
                .doesNotContain("smart-dispatcher-cache");
    }

    @Test
    void withThePackagesOwnDirectoryOfTheCaches() {
        Golden.assertYaml(
                "workload/package-cache-pod.yaml",
                podOf(
                        ENVIRONMENT.formatted("Rpm", "Directory"),
                        JOB + "cache: {path: /var/cache/ccache}\n",
                        InstallerContext.UserNamespace,
                        CACHE));
    }

    @Test
    void withAnEmptyDirectoryWhereTheWorkerHasNoCache() {
        var pod = podOf(
                ENVIRONMENT.formatted("Rpm", "Directory"),
                JOB + "cache: {path: /var/cache/ccache}\n",
                InstallerContext.UserNamespace);
        assertThat(pod.getSpec().getInitContainers())
                .extracting(Container::getName)
                .containsExactly("prepare");
        assertThat(build(pod).getVolumeMounts())
                .filteredOn(mount -> mount.getMountPath().equals("/var/cache/ccache"))
                .extracting(VolumeMount::getName)
                .containsExactly("smart-dispatcher-no-cache");
    }

    /** There is no init container, so the build's own would reach the prepared roots. */
    @Test
    void withoutPreparedRootsWhereTheBuildsContainerInstalls() {
        for (var installer : List.of("Deb Image", "ObsBuild Directory")) {
            var parts = installer.split(" ");
            var environment = ENVIRONMENT.formatted(parts[0], parts[1]);
            assertThat(podOf(environment, JOB, InstallerContext.UserNamespace, CACHE))
                    .isEqualTo(podOf(environment, JOB, InstallerContext.UserNamespace));
        }
    }

    @Test
    void byObsBuild() {
        Golden.assertYaml(
                "workload/install-obs-build-pod.yaml", pod("ObsBuild", "Directory", InstallerContext.UserNamespace));
    }

    @Test
    void byObsBuildInAVirtualMachineThatGetsWhatTheAllocationHas() {
        var pod = podOf(
                ENVIRONMENT.formatted("ObsBuild", "Directory"),
                JOB + "requires: {isolation: KVM}\n",
                InstallerContext.HostRoot);
        assertThat(build(pod).getArgs()).containsSequence("--vm", "kvm", "--vm-memory", "1024", "--vm-disk", "4096");
        assertThat(build(pod).getResources().getLimits()).containsKey("devices.kubevirt.io/kvm");
    }

    @Test
    void withWhatTheFarmSetsForPods() {
        Golden.assertYaml("workload/install-settings-pod.yaml", podOf("""
            image: local.test/build-debian:12
            installer: Deb
            root: Image
            repository: {image: "local.test/packages:12"}
            resolve: Repository
            pod:
              runtimeClassName: gvisor
              imagePullPolicy: Always
              hostAliases: [{ip: 192.0.2.1, hostnames: [mirror.example.org]}]
              dnsConfig: {nameservers: [192.0.2.53], searches: [example.org], options: [{name: ndots, value: "2"}]}
              tmpfs: {path: /tmp, size: 512Mi}
              hugepages: {2Mi: 64Mi}
              labels: {cost-center: builds}
              annotations: {example.org/profile: builds}
            """, JOB, InstallerContext.UserNamespace));
    }

    @ParameterizedTest
    @CsvSource({
        "Deb, Image, Baseline, true, false, false",
        "Deb, Image, UserNamespace, true, false, false",
        "Rpm, Directory, Restricted, false, false, false",
        "Rpm, Directory, Baseline, true, true, false",
        "Rpm, Directory, UserNamespace, true, true, true",
        "Rpm, Directory, HostRoot, true, true, true",
        "ObsBuild, Directory, UserNamespace, true, true, true",
    })
    void rights(
            String installer, String root, InstallerContext context, boolean asRoot, boolean chroot, boolean mount) {
        var pod = pod(installer, root, context);
        assertThat(pod.getSpec().getHostUsers()).isEqualTo(context == InstallerContext.UserNamespace ? false : null);
        // A container that a webhook adds is no root.
        assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSpec().getSecurityContext().getSeccompProfile().getType())
                .isEqualTo("RuntimeDefault");
        for (var container : containers(pod)) {
            var security = container.getSecurityContext();
            assertThat(security.getAllowPrivilegeEscalation()).isFalse();
            assertThat(security.getPrivileged()).isNull();
            assertThat(security.getRunAsUser()).isEqualTo(asRoot ? 0L : null);
            var capabilities = security.getCapabilities();
            assertThat(capabilities.getDrop()).containsExactly("ALL");
            assertThat(capabilities.getAdd().contains("SYS_CHROOT")).isEqualTo(chroot);
            assertThat(capabilities.getAdd().contains("SYS_ADMIN")).isEqualTo(mount);
            assertThat(capabilities.getAdd().contains("KILL")).isEqualTo(asRoot);
        }
    }

    @Test
    void whoPreparesTheRootIsNoPartOfTheJob() {
        var pod = podOf(
                ENVIRONMENT.formatted("Rpm", "Directory"),
                JOB + "image: local.test/tenants\nenv: [{name: LD_PRELOAD, value: evil.so}]\n",
                InstallerContext.Baseline);
        var prepare = pod.getSpec().getInitContainers().get(0);
        assertThat(prepare.getImage()).isEqualTo("local.test/build-debian:12");
        assertThat(prepare.getEnv()).isEmpty();
        assertThat(prepare.getEnvFrom()).isEmpty();
        assertThat(prepare.getVolumeMounts())
                .extracting(VolumeMount::getName)
                .doesNotContain("sources", "smart-dispatcher-claim");
        assertThat(prepare.getResources()).isEqualTo(build(pod).getResources());
        assertThat(build(pod).getImage()).isEqualTo("local.test/tenants");
    }

    @Test
    void theRepositoryIsReadOnlyAndSeenByTheInstallerAlone() {
        var pod = pod("Rpm", "Directory", InstallerContext.Baseline);
        assertThat(pod.getSpec().getVolumes())
                .filteredOn(v -> v.getName().equals("smart-dispatcher-repository-claim"))
                .allSatisfy(v ->
                        assertThat(v.getPersistentVolumeClaim().getReadOnly()).isTrue())
                .hasSize(1);
        assertThat(pod.getSpec().getInitContainers().get(0).getVolumeMounts())
                .anySatisfy(m -> assertThat(m.getMountPath()).isEqualTo("/smart-dispatcher/repository/claim"));
        assertThat(build(pod).getVolumeMounts())
                .noneSatisfy(m -> assertThat(m.getMountPath()).startsWith("/smart-dispatcher/repository"));
    }

    private static Container build(Pod pod) {
        return pod.getSpec().getContainers().get(0);
    }

    private static List<Container> containers(Pod pod) {
        return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .toList();
    }
}
