package dev.smartdispatcher.e2e.operator;

import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.embedded.ClusterOptions;
import dev.smartdispatcher.e2e.embedded.EmbeddedCluster;
import dev.smartdispatcher.operator.app.OperatorOptions;
import dev.smartdispatcher.operator.app.SmartDispatcher;
import dev.smartdispatcher.operator.client.OperatorClient;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;

/** An embedded cluster, operators that come and go, and what a kubelet would write. */
final class Harness implements AutoCloseable {
    /** By which the cluster's log of writes knows the operator. */
    static final String OPERATOR = "operator";

    final EmbeddedCluster cluster;
    final KubernetesClient client;
    private SmartDispatcher operator;
    private SimpleMeterRegistry metrics;

    Harness() {
        this(ClusterOptions.DEFAULT);
    }

    Harness(ClusterOptions options) {
        cluster = EmbeddedCluster.start(options);
        client = cluster.client();
        apply("""
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildEnvironment
            metadata: {name: debian}
            spec: {image: "local.test/debian:12"}
            """, BuildEnvironment.class);
    }

    Harness withOperator() {
        return operatorAt(Clock.systemUTC());
    }

    /** With the operator, or in its place another one, by this clock. */
    Harness operatorAt(Clock clock) {
        return operator(cluster.newClient(OPERATOR), clock);
    }

    /** With an operator whose client sends failed requests again as often as it does elsewhere. */
    Harness withRetryingOperator() {
        return operator(
                cluster.newClient(c -> c.withUserAgent(OPERATOR).withRequestRetryBackoffLimit(OperatorClient.RETRIES)),
                Clock.systemUTC());
    }

    private Harness operator(KubernetesClient with, Clock clock) {
        if (operator != null) {
            operatorEnds();
        }
        metrics = new SimpleMeterRegistry();
        operator = new SmartDispatcher(
                with,
                new OperatorOptions(OperatorOptions.STANDARD.leader(), Duration.ofMillis(20), 4, 4),
                clock,
                metrics);
        operator.start();
        return this;
    }

    /** How many builds run by what the operator knew in its last pass. */
    int running() {
        return (int) metrics.get("smart_dispatcher.jobs.running").gauge().value();
    }

    void sweepLists() {
        operator.sweepLists();
    }

    /** As a crash for the cluster: nothing is cleaned up. */
    void operatorEnds() {
        operator.close();
        operator = null;
    }

    void worker(String name, int cores) {
        worker(name, cores, "8Gi");
    }

    void worker(String name, int cores, String memory) {
        worker(name, cores, memory, Instant.now());
    }

    /** A worker whose agent says that it is this time. */
    void worker(String name, int cores, String memory, Instant agentTime) {
        node(name);
        register(name);
        publish(name, cores, memory, agentTime);
    }

    /** A machine that is ready, and larger than its worker. */
    void node(String name) {
        var node = Serialization.unmarshal("""
            apiVersion: v1
            kind: Node
            metadata: {name: %s}
            status:
              allocatable: {cpu: "64", memory: 64Gi, ephemeral-storage: 500Gi, pods: "110"}
              conditions: [{type: Ready, status: "True"}]
            """.formatted(name), Node.class);
        var created = client.resource(node).create();
        created.setStatus(node.getStatus());
        client.resource(created).updateStatus();
    }

    /** A worker of which nothing is known. */
    void register(String name) {
        client.resource(Serialization.unmarshal("""
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildWorker
            metadata: {name: %s}
            spec: {}
            """.formatted(name), BuildWorker.class))
                .create();
    }

    /** As the agent does, whatever the operator writes meanwhile. */
    void publish(String name, int cores, String memory, Instant agentTime) {
        publish(name, cores, memory, agentTime, "");
    }

    /** The same with more facts, each a line. */
    void publish(String name, int cores, String memory, Instant agentTime, String more) {
        var worker = Serialization.unmarshal(
                """
                apiVersion: smartdispatcher.dev/v1alpha1
                kind: BuildWorker
                metadata: {name: %s}
                status:
                  agent:
                    observedTime: "%s"
                    hostArch: x86_64
                    targets: [{arch: x86_64, mode: Native}]
                    recommendedLimits: {cpu: "%d", memory: %s, disk: 100Gi, jobs: 8}
                    %s
                """.formatted(name, agentTime.truncatedTo(ChronoUnit.SECONDS), cores, memory, more), BuildWorker.class);
        client.resources(BuildWorker.class)
                .withName(name)
                .subresource("status")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager("smart-dispatcher-node-agent")
                                .withForce(true)
                                .build(),
                        Serialization.asJson(worker));
    }

    /** The policy, before there is an operator: one that runs may see it later than a job that comes after it. */
    void policy(String spec) {
        apply("""
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: DispatchPolicy
            metadata: {name: default}
            spec: %s
            """.formatted(spec), DispatchPolicy.class);
    }

    /** A job of one core and the policy's memory. */
    BuildJob job(String name) {
        return job(name, "parallelism: {max: 1}");
    }

    BuildJob job(String name, String more) {
        return job(name, "true", more);
    }

    BuildJob job(String name, String script, String more) {
        return job("default", name, script, more);
    }

    BuildJob jobIn(String namespace, String name, String more) {
        return job(namespace, name, "true", more);
    }

    List<BuildJob> jobs(String namespace) {
        return client.resources(BuildJob.class).inNamespace(namespace).list().getItems();
    }

    private BuildJob job(String namespace, String name, String script, String more) {
        return apply("""
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildJob
            metadata: {name: %s, namespace: %s}
            spec:
              targetArch: x86_64
              environment: debian
              args: ['%s']
              %s
            """.formatted(name, namespace, script, more), BuildJob.class);
    }

    <T extends io.fabric8.kubernetes.api.model.HasMetadata> T apply(String yaml, Class<T> type) {
        return client.resource(Serialization.unmarshal(yaml, type)).create();
    }

    BuildJobStatus status(String job) {
        var found = client.resources(BuildJob.class)
                .inNamespace("default")
                .withName(job)
                .get();
        return found == null || found.getStatus() == null ? BuildJobStatus.EMPTY : found.getStatus();
    }

    BuildJobStatus until(String job, Predicate<BuildJobStatus> condition) {
        return await("job " + job).until(() -> status(job), condition::test);
    }

    BuildWorker untilWorker(String name, Predicate<BuildWorker> condition) {
        return await("worker " + name)
                .until(() -> client.resources(BuildWorker.class).withName(name).get(), condition::test);
    }

    /** The reason of a worker's condition; empty text if there is none. */
    static String reason(BuildWorker worker, String type) {
        return worker.getStatus().condition(type).map(c -> c.reason()).orElse("");
    }

    List<Pod> pods() {
        return client.pods().inNamespace("default").list().getItems();
    }

    /** The job's pod of this attempt, once it is there and bound. */
    Pod pod(String job, int attempt) {
        return await("pod " + attempt + " of " + job)
                .until(
                        () -> pods().stream()
                                .filter(p -> p.getMetadata().getName().matches(job + "-[0-9a-f]{5}-" + attempt))
                                .findFirst()
                                .orElse(null),
                        p -> p != null && p.getSpec().getNodeName() != null);
    }

    void running(Pod pod) {
        report(pod, "Running", "{running: {startedAt: \"" + now() + "\"}}");
    }

    /** The container waits for this reason, and will not start. */
    void waiting(Pod pod, String reason) {
        report(pod, "Pending", "{waiting: {reason: " + reason + "}}");
    }

    void ended(Pod pod, int exitCode) {
        ended(pod, exitCode, exitCode == 0 ? "Completed" : "Error", "{\\\"exitCode\\\":" + exitCode + "}");
    }

    /** The container is terminated, while the phase still says Running, as a kubelet reports it first. */
    void ended(Pod pod, int exitCode, String reason, String message) {
        report(pod, "Running", """
            {terminated: {exitCode: %d, reason: %s, message: "%s", startedAt: "%s", finishedAt: "%s"}}\
            """.formatted(exitCode, reason, message, now(), now()));
    }

    private void report(Pod pod, String phase, String state) {
        containers(pod, phase, "{name: build, state: " + state + "}");
    }

    /** As a kubelet reports a pod of several containers: their statuses in YAML's flow style, separated by commas. */
    void containers(Pod pod, String phase, String statuses) {
        var status = Serialization.unmarshal(
                "--- {phase: " + phase + ", containerStatuses: [" + statuses + "]}",
                io.fabric8.kubernetes.api.model.PodStatus.class);
        Edits.status(
                client.pods().inNamespace("default").withName(pod.getMetadata().getName()), p -> {
                    p.getStatus().setPhase(status.getPhase());
                    p.getStatus().setContainerStatuses(status.getContainerStatuses());
                    return p;
                });
    }

    /** As the kubelet does when the last process of a deleted pod is gone. */
    void gone(Pod pod) {
        client.pods()
                .inNamespace("default")
                .withName(pod.getMetadata().getName())
                .withGracePeriod(0)
                .delete();
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @Override
    public void close() {
        if (operator != null) {
            operator.close();
        }
        cluster.close();
    }
}
