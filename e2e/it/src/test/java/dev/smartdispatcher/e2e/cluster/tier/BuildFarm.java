package dev.smartdispatcher.e2e.cluster.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.farm.JobManifest;
import dev.smartdispatcher.e2e.oracle.Oracle;
import dev.smartdispatcher.e2e.pods.Amounts;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A namespace of the cluster for one test, with two workers of one CPU each, {@code n1} and {@code n2}, which are in the pools
 * of their names. Watches everything from its beginning.
 */
public final class BuildFarm implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofMinutes(5);
    /** The script of a build that runs until {@link #release}. */
    public static final String UNTIL_RELEASED = "until [ -e /tmp/released ]; do sleep 0.2; done";

    private static final String LIMITS = "{\"cpu\": \"1\", \"memory\": \"4Gi\", \"disk\": \"8Gi\", \"jobs\": 8}";
    private static final String SMALL =
            "resources: {cpuPerProcess: 100m, memory: {base: 64Mi, perProcess: 32Mi}, disk: {size: 64Mi}}";
    private static final Amounts BUDGET = Amounts.of(Map.of(
            "cpu",
            new Quantity("1"),
            "memory",
            new Quantity("4Gi"),
            "ephemeral-storage",
            new Quantity("8Gi"),
            Amounts.PODS,
            new Quantity("8")));

    private final Cluster cluster;
    private final Kubectl kubectl;
    private final KubernetesClient client;
    private final Oracle oracle;

    private BuildFarm(Cluster cluster, Kubectl kubectl, KubernetesClient client) {
        this.cluster = cluster;
        this.kubectl = kubectl;
        this.client = client;
        oracle = new Oracle(client);
    }

    /** Creates the namespace, and waits until both workers take builds. */
    static BuildFarm open(Cluster cluster, String namespace) {
        var kubectl = cluster.kubectl(namespace);
        kubectl.run("delete", "namespace", namespace, "--ignore-not-found");
        kubectl.ok("create", "namespace", namespace);
        kubectl.ok(
                "apply",
                "-f",
                cluster.project().resolve("examples/00-farm/environments.yaml").toString());
        for (var node : Cluster.NODES) {
            kubectl.ok("patch", "bw", node, "--type=merge", "-p", "{\"spec\": {\"limits\": " + LIMITS + "}}");
            kubectl.ok("label", "bw", node, "smartdispatcher.dev/pool=" + node, "--overwrite");
            // Builds that are to fail do so here, and are not put down to their node.
            kubectl.ok("annotate", "bw", node, Annotations.QUARANTINE + "=never", "--overwrite");
            kubectl.ok("wait", "--for=condition=Schedulable", "bw/" + node, patience());
        }
        return new BuildFarm(cluster, kubectl, cluster.client());
    }

    public Cluster cluster() {
        return cluster;
    }

    public Kubectl kubectl() {
        return kubectl;
    }

    /** Submits a build that is small unless {@code more}, further lines of its spec, says otherwise. */
    public void submit(String job, String script, String... more) {
        submitIn("debian-12", job, script, more);
    }

    /** The same in another environment. */
    public void submitIn(String environment, String job, String script, String... more) {
        var manifest = new JobManifest(job, environment, script, List.of(more))
                .unlessSaid("parallelism: {max: 1}")
                .unlessSaid(SMALL);
        kubectl.apply(manifest.yaml()).succeeded();
    }

    /** A build on one of the workers. */
    public void submitOn(String worker, String job, String script, String... more) {
        var pool = "requires: {workerSelector: {matchLabels: {smartdispatcher.dev/pool: " + worker + "}}}";
        submit(
                job,
                script,
                Stream.concat(Stream.of(pool), List.of(more).stream()).toArray(String[]::new));
    }

    public BuildJobStatus status(String job) {
        var found = kubectl.get(BuildJob.class, "bj", job).getStatus();
        return found == null ? BuildJobStatus.EMPTY : found;
    }

    /** Waits for a condition with kubectl, as users do. */
    public BuildJobStatus await(String job, String condition) {
        kubectl.ok("wait", "--for=condition=" + condition, "bj/" + job, patience());
        return status(job);
    }

    /** The argument of {@code kubectl wait} for a machine that is slow, or stops for a while. */
    public static String patience() {
        return "--timeout=" + PATIENCE.toSeconds() + "s";
    }

    /** Ends a build that runs {@link #UNTIL_RELEASED}. */
    public void release(String job) {
        kubectl.ok("exec", pod(job).getMetadata().getName(), "--", "touch", "/tmp/released");
    }

    /** Waits until the operator has seen it: a job submitted later may be seen sooner than the cordoned node. */
    public void cordon(String node) {
        kubectl.ok("cordon", node);
        kubectl.ok("wait", "--for=condition=Schedulable=False", "bw/" + node, patience());
    }

    public BuildJobStatus until(String job, Predicate<BuildJobStatus> wanted) {
        return Awaitility.await(job)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> status(job), wanted);
    }

    /** The pod of a job's only or last attempt. */
    public Pod pod(String job) {
        var attempts = status(job).attempts();
        return kubectl.get(Pod.class, "pod", attempts.get(attempts.size() - 1).pod());
    }

    /** The names of all jobs. */
    public List<String> names() {
        return List.of(kubectl.ok("get", "bj", "-o", "jsonpath={.items[*].metadata.name}")
                .split(" "));
    }

    /** The names of this farm's pods, also of those that are gone. */
    public List<String> podsSeen() {
        var jobs = names();
        return oracle.podsSeen().stream()
                .filter(pod -> jobs.stream().anyMatch(job -> pod.startsWith(job + "-")))
                .toList();
    }

    /** Undoes what a test did to nodes and workers, so that every build can end. */
    void mend() {
        for (var node : Cluster.NODES) {
            kubectl.run("uncordon", node);
            kubectl.run("taint", "node", node, "node.kubernetes.io/out-of-service-");
            kubectl.run("annotate", "bw", node, "smartdispatcher.dev/drain-", "smartdispatcher.dev/drain-deadline-");
        }
    }

    /** Every job that still is there has ended, none was built twice at once, and no worker was overbooked at any time. */
    void assertSound() {
        Awaitility.await("every job ends").atMost(PATIENCE).untilAsserted(() -> assertThat(unfinished())
                .isEmpty());
        assertThat(oracle.violations(BUDGET)).isEmpty();
    }

    private Map<String, BuildJobStatus> unfinished() {
        return client.resources(BuildJob.class).inNamespace(kubectl.namespace()).list().getItems().stream()
                .filter(job -> job.getStatus() == null
                        || job.getStatus().waiting() == null && !job.getStatus().finished())
                .collect(Collectors.toMap(
                        job -> job.getMetadata().getName(),
                        job -> job.getStatus() == null ? BuildJobStatus.EMPTY : job.getStatus()));
    }

    /** What people want to see if a test has failed. */
    String describe() {
        return kubectl.run("get", "bj,bw,pods,nodes,events", "-o", "wide").output();
    }

    @Override
    public void close() {
        oracle.close();
        client.close();
        kubectl.run("delete", "namespace", kubectl.namespace(), "--timeout=120s");
    }
}
