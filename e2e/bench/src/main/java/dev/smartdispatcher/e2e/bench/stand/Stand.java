package dev.smartdispatcher.e2e.bench.stand;

import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.controlplane.ControlPlaneOptions;
import dev.smartdispatcher.e2e.definitions.CreationPolicy;
import dev.smartdispatcher.e2e.definitions.ShippedDefinitions;
import dev.smartdispatcher.e2e.hollow.HollowNodes;
import dev.smartdispatcher.e2e.hollow.HollowWorker;
import dev.smartdispatcher.e2e.hollow.PodListener;
import dev.smartdispatcher.e2e.process.Server;
import dev.smartdispatcher.threads.DaemonThreads;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fresh control plane with scheduler, controller manager and hollow nodes: what every part of a benchmark runs against.
 * The one difference between stands is which controllers run beside the garbage collector. To be closed, which ends every
 * process of it; they also end with this one, however it ends.
 */
public final class Stand implements AutoCloseable {
    /** The account that the measured writers use: it is treated by the API server as an operator's is. */
    public static final String ACCOUNT = "system:serviceaccount:default:measured";

    private static final Logger LOG = LoggerFactory.getLogger(Stand.class);
    /** Enough for all objects of a part, so that collecting garbage does not become the work. */
    private static final String API_SERVER_MEMORY = "4GiB";

    private static final int REGISTERING_THREADS = 8;
    /** As small as the kubelets' part of the work allows: two writes a pod. */
    private static final int NODE_THREADS = 8;
    /** An agent publishes its facts at least this often. */
    private static final int BEAT_SECONDS = 60;

    private static final String SCHEDULER = """
            apiVersion: kubescheduler.config.k8s.io/v1
            kind: KubeSchedulerConfiguration
            leaderElection: {leaderElect: false}
            clientConnection: {kubeconfig: "%s", qps: 2000, burst: 2000}
            """;

    private final Path directory;
    private final ControlPlane plane;
    private final Map<String, Server> servers = new LinkedHashMap<>();
    private final ScheduledExecutorService agents = Executors.newScheduledThreadPool(1, new DaemonThreads("agents"));
    private final HollowNodes nodes;

    private Stand(Path project, ControlPlaneOptions options, Farm farm, List<String> controllers, PodListener pods) {
        directory = options.directory();
        plane = ControlPlane.start(
                ServerBinaries.require(project, System.getenv()), options.withMemory(API_SERVER_MEMORY));
        try {
            ShippedDefinitions.install(plane.admin());
            CreationPolicy.install(plane.admin());
            servers.put("kube-apiserver", plane.apiServer());
            servers.put("etcd", plane.etcd());
            startScheduler();
            startControllers(controllers);
            register(farm);
            nodes = HollowNodes.start(client(), farm.podLength(), NODE_THREADS, pods);
        } catch (RuntimeException e) {
            close(null);
            throw e;
        }
    }

    /** With the garbage collector only, and no audit log. */
    public static Stand start(Path project, Path directory, Farm farm, PodListener pods) {
        return new Stand(project, ControlPlaneOptions.in(directory).withoutAudit(), farm, List.of(), pods);
    }

    /** With the controller of batch/v1 Jobs beside the garbage collector. */
    public static Stand startWithJobs(Path project, Path directory, Farm farm, PodListener pods) {
        return new Stand(
                project, ControlPlaneOptions.in(directory).withoutAudit(), farm, List.of("job-controller"), pods);
    }

    /** With the garbage collector only, and each request in the audit log. */
    public static Stand startAudited(Path project, Path directory, Farm farm) {
        return new Stand(project, ControlPlaneOptions.in(directory), farm, List.of(), PodListener.NONE);
    }

    public ControlPlane plane() {
        return plane;
    }

    /** The name of a worker and its node, by its number from 0. */
    public static String worker(int number) {
        return "worker-%04d".formatted(number);
    }

    /** Where logs and data of this stand are. */
    public Path directory() {
        return directory;
    }

    /** A further client, on connections of its own, that may do everything. Closed with the stand. */
    public KubernetesClient client() {
        return plane.anotherAdmin();
    }

    /** The servers by name, for their use of the CPU. */
    public Map<String, Server> servers() {
        return Map.copyOf(servers);
    }

    /** A token of {@link #ACCOUNT}, which may do everything. To be asked for once. */
    public String accountToken() {
        var admin = plane.admin();
        var name = ACCOUNT.substring(ACCOUNT.lastIndexOf(':') + 1);
        var account = new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .build();
        admin.resource(account).create();
        admin.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                        .addNewSubject("", "ServiceAccount", name, "default")
                        .build())
                .create();
        return admin.serviceAccounts()
                .inNamespace("default")
                .withName(name)
                .tokenRequest(new TokenRequest())
                .getStatus()
                .getToken();
    }

    private void startScheduler() {
        var kubeconfig = plane.kubeconfig("kube-scheduler", null);
        var config = directory.resolve("scheduler.yaml");
        try {
            Files.writeString(config, SCHEDULER.formatted(kubeconfig));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + config, e);
        }
        start("kube-scheduler", "--config=" + config, "--secure-port=0");
    }

    private void startControllers(List<String> more) {
        var controllers =
                "garbage-collector-controller" + more.stream().map(c -> "," + c).reduce("", String::concat);
        start(
                "kube-controller-manager",
                "--kubeconfig=" + plane.kubeconfig("kube-controller-manager", null),
                "--controllers=" + controllers,
                "--leader-elect=false",
                "--secure-port=0",
                "--kube-api-qps=2000",
                "--kube-api-burst=2000",
                "--concurrent-job-syncs=50");
    }

    private void start(String name, String... flags) {
        servers.put(name, plane.startComponent(name, Map.of(), List.of(flags)));
    }

    private void register(Farm farm) {
        var workers = IntStream.range(0, farm.workers())
                .mapToObj(i -> HollowWorker.of(worker(i), farm.cores()))
                .toList();
        Parallel.run(REGISTERING_THREADS, workers, worker -> worker.register(plane.admin()));
        if (!workers.isEmpty()) {
            // One after the other, evenly, as the agents of many machines happen to do it.
            var pause = TimeUnit.SECONDS.toMicros(BEAT_SECONDS) / workers.size();
            var next = new AtomicInteger();
            agents.scheduleAtFixedRate(
                    () -> beat(workers.get(next.getAndIncrement() % workers.size())),
                    pause,
                    pause,
                    TimeUnit.MICROSECONDS);
        }
    }

    private void beat(HollowWorker worker) {
        try {
            worker.beat(plane.admin());
        } catch (KubernetesClientException e) {
            // As an agent, it tries again at the next time.
            LOG.atDebug().setCause(e).log("no beat");
        }
    }

    @Override
    public void close() {
        close(nodes);
    }

    private void close(HollowNodes started) {
        agents.shutdownNow();
        if (started != null) {
            started.close();
        }
        plane.close();
    }
}
