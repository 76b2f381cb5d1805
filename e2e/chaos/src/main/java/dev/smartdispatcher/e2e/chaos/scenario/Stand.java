package dev.smartdispatcher.e2e.chaos.scenario;

import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.chaos.history.EtcdRecorder;
import dev.smartdispatcher.e2e.controlplane.Binaries;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.controlplane.ControlPlaneOptions;
import dev.smartdispatcher.e2e.definitions.ShippedDefinitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A control plane with kube-scheduler and those controllers that a farm notices: garbage collector, quotas, disruption budgets,
 * and those that remove the pods of nodes that are gone or out of service. All that it stores is recorded. To be closed, which
 * ends its processes; they also end with this one.
 */
final class Stand implements AutoCloseable {
    /** What has to be in {@link Binaries} for it. */
    static final String[] NEEDS = {"etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"};

    private static final String API_SERVER_MEMORY = "3GiB";
    private static final String CONTROLLERS = String.join(
            ",",
            "garbage-collector-controller",
            "resourcequota-controller",
            "disruption-controller",
            "pod-garbage-collector-controller",
            "taint-eviction-controller");
    private static final String SCHEDULER = """
            apiVersion: kubescheduler.config.k8s.io/v1
            kind: KubeSchedulerConfiguration
            leaderElection: {leaderElect: false}
            clientConnection: {kubeconfig: "%s", qps: 500, burst: 500}
            """;

    private final ControlPlane plane;
    private final EtcdRecorder recorder;

    private Stand(Path work, Path history) throws IOException {
        plane = ControlPlane.start(
                Binaries.find(SourceTree.root(), System.getenv()),
                ControlPlaneOptions.in(work)
                        .withoutAudit()
                        .withMemory(API_SERVER_MEMORY)
                        .withFlags("--storage-media-type=application/json"));
        recorder = new EtcdRecorder(plane.etcdUrl(), history);
        try {
            ShippedDefinitions.install(plane.admin());
            startScheduler(work);
            startControllers();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    static Stand start(Path work, Path history) {
        try {
            return new Stand(work, history);
        } catch (IOException e) {
            throw new UncheckedIOException("no control plane in " + work, e);
        }
    }

    ControlPlane plane() {
        return plane;
    }

    EtcdRecorder recorder() {
        return recorder;
    }

    private void startScheduler(Path work) throws IOException {
        var config = work.resolve("scheduler.yaml");
        Files.writeString(config, SCHEDULER.formatted(plane.kubeconfig("kube-scheduler", null)));
        plane.startComponent(
                "kube-scheduler", Map.of(), List.of("--config=" + config.toAbsolutePath(), "--secure-port=0"));
    }

    private void startControllers() {
        plane.startComponent(
                "kube-controller-manager",
                Map.of(),
                List.of(
                        "--kubeconfig=" + plane.kubeconfig("kube-controller-manager", null),
                        "--controllers=" + CONTROLLERS,
                        "--leader-elect=false",
                        "--secure-port=0",
                        "--resource-quota-sync-period=10s",
                        "--kube-api-qps=500",
                        "--kube-api-burst=500"));
    }

    @Override
    public void close() {
        try {
            recorder.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the history is not whole", e);
        } finally {
            plane.close();
        }
    }
}
