package dev.smartdispatcher.e2e.cluster.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.Cluster;
import dev.smartdispatcher.e2e.command.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A farm whose namespace has the claims of {@code examples/60-packages}, {@code debian-12} and {@code debian-12-rpm} with packages
 * and {@code artifacts} for results, and whose policy allows installers. To be closed.
 */
final class DebianFarm implements AutoCloseable {
    private static final String RULES = """
            [{"name": "Deb", "context": "Baseline", "namespaceSelector": {}},
             {"name": "Rpm", "context": "UserNamespace", "namespaceSelector": {}},
             {"name": "ObsBuild", "context": "UserNamespace", "namespaceSelector": {}}]""";

    private final BuildFarm farm;
    private final List<String> volumes = new ArrayList<>();
    private final String rulesBefore;

    private DebianFarm(BuildFarm farm) {
        this.farm = farm;
        rulesBefore = farm.kubectl().ok("get", "dispatchpolicy", "default", "-o", "jsonpath={.spec.installers}");
    }

    static DebianFarm of(BuildFarm farm) {
        var opened = new DebianFarm(farm);
        var directory = directory(farm.cluster(), "--print-dir");
        opened.claim("debian-12", directory);
        opened.claim("debian-12-rpm", directory + "/rpm");
        farm.kubectl().apply("""
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: artifacts}
            spec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 1Gi}}}
            """).succeeded();
        opened.installers(RULES);
        return opened;
    }

    /** A claim that has what is in this directory of the machine. */
    void claim(String name, String directory) {
        var namespace = farm.kubectl().namespace();
        var volume = name + "-" + namespace;
        volumes.add(volume);
        farm.kubectl().run("delete", "pv", volume, "--ignore-not-found");
        farm.kubectl().apply("""
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: %1$s}
            spec:
              capacity: {storage: 1Gi}
              accessModes: [ReadOnlyMany]
              persistentVolumeReclaimPolicy: Retain
              storageClassName: ""
              hostPath: {path: %4$s, type: Directory}
              claimRef: {namespace: %2$s, name: %3$s}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: %3$s}
            spec:
              accessModes: [ReadOnlyMany]
              resources: {requests: {storage: 1Gi}}
              storageClassName: ""
              volumeName: %1$s
            """.formatted(volume, namespace, name, directory)).succeeded();
    }

    /** A claim {@code debian-13-riscv64} with packages for that architecture, which are fetched if they are not there. */
    void claimRiscv64() {
        claim("debian-13-riscv64", directory(farm.cluster(), "riscv64"));
    }

    /** Where the packages and sources are: {@code e2e/cluster up} has fetched those for this machine. */
    private static String directory(Cluster cluster, String which) {
        var make = cluster.project().resolve("e2e/debian/make").toString();
        return Command.run(Map.of(), List.of(make, which)).succeeded().strip();
    }

    private void installers(String rules) {
        var patch = "{\"spec\": {\"installers\": " + rules + "}}";
        farm.kubectl().ok("patch", "dispatchpolicy", "default", "--type=merge", "-p", patch);
    }

    /** Applies a file of {@code examples/60-packages} in this namespace. */
    void applyExample(String file) {
        applyExample(file, "", "");
    }

    /** The same with another text for all places that have this one. */
    void applyExample(String file, String text, String other) {
        try {
            var manifests =
                    Files.readString(farm.cluster().project().resolve("examples/60-packages/" + file + ".yaml"));
            farm.kubectl()
                    .apply((text.isEmpty() ? manifests : manifests.replace(text, other))
                            .replace(
                                    "namespace: default",
                                    "namespace: " + farm.kubectl().namespace()))
                    .succeeded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes an environment of the image that has dpkg and no compiler; {@code lines} are further ones of its spec. */
    void environment(String name, String... lines) {
        farm.kubectl().apply("""
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildEnvironment
            metadata: {name: %s}
            spec:
              image: local.test/debian:12
              installer: Deb
              repository: {persistentVolumeClaim: {claimName: debian-12}}
              %s
            """.formatted(name, String.join("\n  ", lines))).succeeded();
    }

    /** Submits a build in an environment; {@code lines} are further ones of its spec. */
    void submit(String job, String environment, String script, String... lines) {
        farm.submitIn(environment, job, script, lines);
    }

    /** Runs commands in the directory with the results of a build that is Complete, and returns what they print. */
    String inResults(BuildJobStatus job, String commands) {
        var claim = farm.kubectl().ok("get", "pvc", "artifacts", "-o", "jsonpath={.spec.volumeName}");
        var directory = farm.kubectl().ok("get", "pv", claim, "-o", "jsonpath={.spec.hostPath.path}");
        var results = directory + "/" + job.results().directory();
        return farm.cluster()
                .run("exec", Cluster.NODES.get(0), "--", "bash", "-c", "cd '" + results + "' && " + commands)
                .strip();
    }

    /**
     * What the header of an ELF file says it is.
     *
     * @param bits 1 for 32 bits, 2 for 64
     * @param machine {@code e_machine}, by the ELF specification's list
     */
    record Program(int bits, int machine) {}

    /** Reads the header of a program in the results of a build that is Complete. */
    Program program(BuildJobStatus job, String file) {
        var header = inResults(job, "od -An -v -t u1 -w1 -N 20 " + file + " | tr -d ' '")
                .lines()
                .map(Integer::valueOf)
                .toList();
        assertThat(header.subList(0, 4)).containsExactly(0x7f, (int) 'E', (int) 'L', (int) 'F');
        // EI_CLASS is byte 4; e_machine are bytes 18 and 19, the lower one first.
        return new Program(header.get(4), header.get(18) + (header.get(19) << 8));
    }

    String log(String job) {
        return farm.kubectl().ok("logs", "-l", "smartdispatcher.dev/job=" + job, "--tail=-1");
    }

    @Override
    public void close() {
        installers(rulesBefore.isEmpty() ? "null" : rulesBefore);
        volumes.forEach(volume -> farm.kubectl().run("delete", "pv", volume, "--wait=false"));
    }
}
