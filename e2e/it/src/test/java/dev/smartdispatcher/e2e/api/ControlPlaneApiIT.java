package dev.smartdispatcher.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.controlplane.Binaries;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.controlplane.ControlPlaneOptions;
import dev.smartdispatcher.e2e.process.ServerFailedException;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers of the tests come up, say why not, and never stay behind. */
@ApiTier
class ControlPlaneApiIT {
    private static final Path PROJECT = SourceTree.root();
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path work;

    @Test
    void serversDieWithTheProcessThatStartedThem() throws Exception {
        var owner = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        work.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<ProcessHandle> servers;
        try (var reader = owner.inputReader()) {
            servers = reader.lines()
                    .takeWhile(line -> !line.equals("started"))
                    .map(Long::parseLong)
                    .map(pid -> ProcessHandle.of(pid).orElseThrow())
                    .toList();
            // Two servers, each with its guard, and the guards' own.
            assertThat(servers).hasSizeGreaterThanOrEqualTo(4).allMatch(ProcessHandle::isAlive);
            owner.destroyForcibly().waitFor();
        }
        await().atMost(PATIENCE).until(() -> servers.stream().noneMatch(ControlPlaneApiIT::runs));
    }

    @Test
    void serverThatDoesNotComeUpSaysWhyInOneLineAndLeavesNothing() {
        var before = servers();
        var options = ControlPlaneOptions.in(work).withFlags("--no-such-flag");
        assertThatThrownBy(() -> ControlPlane.start(binaries(), options))
                .isInstanceOf(ServerFailedException.class)
                .message()
                .startsWith("kube-apiserver ended with status 1: ")
                .contains("unknown flag: --no-such-flag")
                .doesNotContain("\n");
        assertThat(servers()).isEqualTo(before);
    }

    @Test
    void missingBinariesAreNamedWithWhatToDo() throws IOException {
        var executable = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createFile(work.resolve("etcd"), executable);
        var found = Binaries.find(work, Map.of(Binaries.VARIABLE, work.toString()));
        assertThat(found.missing(ControlPlane.NEEDS))
                .contains("kube-apiserver not found in " + work
                        + ": run e2e/control-plane/build kube-apiserver, or set KUBEBUILDER_ASSETS");
    }

    @Test
    void dataOutlivesARestartOfTheApiServer() {
        try (var controlPlane =
                ControlPlane.start(binaries(), ControlPlaneOptions.in(work).withoutAudit())) {
            var kept = new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName("kept")
                    .endMetadata()
                    .build();
            controlPlane.admin().resource(kept).create();
            controlPlane.restartApiServer();
            assertThat(controlPlane.admin().configMaps().withName("kept").get()).isNotNull();
        }
    }

    private static Binaries binaries() {
        return Binaries.find(PROJECT, System.getenv());
    }

    /** Children of this process that are no guards of another control plane's servers, by number. */
    private static long servers() {
        return ProcessHandle.current()
                .descendants()
                .filter(ControlPlaneApiIT::runs)
                .count();
    }

    /** Where nobody collects orphans, one stays as a zombie, which has no command. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    /** A process that starts a control plane, tells of which processes it consists, and then only waits. */
    static final class Owner {
        public static void main(String[] args) throws IOException {
            ControlPlane.start(
                    binaries(), ControlPlaneOptions.in(Path.of(args[0])).withoutAudit());
            ProcessHandle.current().descendants().forEach(process -> System.out.println(process.pid()));
            System.out.println("started");
            // Ends with the test at the latest, which holds the other end.
            System.in.read();
        }
    }
}
