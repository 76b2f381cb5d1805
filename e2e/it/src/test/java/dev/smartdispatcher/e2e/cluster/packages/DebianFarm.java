package dev.smartdispatcher.e2e.cluster.packages;

import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.Cluster;
import dev.smartdispatcher.e2e.command.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * A farm whose namespace has the claims of {@code examples/60-packages}, {@code debian-12} with Debian's packages and
 * {@code artifacts} for results, and whose policy allows installers. To be closed.
 */
final class DebianFarm implements AutoCloseable {
    private static final String RULES = """
            [{"name": "Deb", "context": "Baseline", "namespaceSelector": {}}]""";

    private final BuildFarm farm;
    private final String volume;
    private final String rulesBefore;

    private DebianFarm(BuildFarm farm, String volume, String rulesBefore) {
        this.farm = farm;
        this.volume = volume;
        this.rulesBefore = rulesBefore;
    }

    static DebianFarm of(BuildFarm farm) {
        var namespace = farm.kubectl().namespace();
        var opened = new DebianFarm(
                farm,
                "debian-12-" + namespace,
                farm.kubectl().ok("get", "dispatchpolicy", "default", "-o", "jsonpath={.spec.installers}"));
        farm.kubectl().run("delete", "pv", opened.volume, "--ignore-not-found");
        farm.kubectl().apply("""
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: %1$s}
            spec:
              capacity: {storage: 1Gi}
              accessModes: [ReadOnlyMany]
              persistentVolumeReclaimPolicy: Retain
              storageClassName: ""
              hostPath: {path: %3$s, type: Directory}
              claimRef: {namespace: %2$s, name: debian-12}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: debian-12}
            spec:
              accessModes: [ReadOnlyMany]
              resources: {requests: {storage: 1Gi}}
              storageClassName: ""
              volumeName: %1$s
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: artifacts}
            spec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 1Gi}}}
            """.formatted(opened.volume, namespace, directory(farm.cluster()))).succeeded();
        opened.installers(RULES);
        return opened;
    }

    /** Where the packages and sources are: {@code e2e/cluster up} has fetched them. */
    private static String directory(Cluster cluster) {
        var make = cluster.project().resolve("e2e/debian/make").toString();
        return Command.run(Map.of(), List.of(make, "--print-dir")).succeeded().strip();
    }

    private void installers(String rules) {
        var patch = "{\"spec\": {\"installers\": " + rules + "}}";
        farm.kubectl().ok("patch", "dispatchpolicy", "default", "--type=merge", "-p", patch);
    }

    BuildFarm farm() {
        return farm;
    }

    /** Applies a file of {@code examples/60-packages} in this namespace. */
    void applyExample(String file) {
        try {
            var manifests = Files.readString(farm.cluster().project().resolve("examples/60-packages/" + file + ".yaml"));
            farm.kubectl()
                    .apply(manifests.replace(
                            "namespace: default", "namespace: " + farm.kubectl().namespace()))
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

    String log(String job) {
        return farm.kubectl().ok("logs", "-l", "smartdispatcher.dev/job=" + job, "--tail=-1");
    }

    @Override
    public void close() {
        installers(rulesBefore.isEmpty() ? "null" : rulesBefore);
        farm.kubectl().run("delete", "pv", volume, "--wait=false");
    }
}
