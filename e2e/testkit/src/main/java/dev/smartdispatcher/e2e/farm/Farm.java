package dev.smartdispatcher.e2e.farm;

import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.hollow.HollowWorker;
import dev.smartdispatcher.e2e.pods.NodeSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * What administrators, users and agents put into a cluster, and how they look at it. Jobs are in the namespace of the client
 * unless said otherwise, and build in the environment {@code debian}.
 */
public class Farm {
    private static final String ENVIRONMENT = "debian";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final KubernetesClient client;

    /** With its environment, which is created. */
    public Farm(KubernetesClient client) {
        this.client = client;
        apply("""
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildEnvironment
            metadata: {name: %s}
            spec: {image: "local.test/debian:12"}
            """.formatted(ENVIRONMENT), BuildEnvironment.class);
    }

    /** With its environment and these workers, of four cores each. */
    public static Farm of(KubernetesClient client, String... workers) {
        var farm = new Farm(client);
        for (var worker : workers) {
            HollowWorker.of(worker, 4).register(client);
        }
        return farm;
    }

    public KubernetesClient client() {
        return client;
    }

    /** Where its jobs are. */
    public String namespace() {
        return client.getNamespace();
    }

    public void worker(String name, int cores) {
        worker(name, cores, "8Gi");
    }

    public void worker(String name, int cores, String memory) {
        worker(name, cores, memory, Instant.now());
    }

    /** A worker whose agent says that it is this time. */
    public void worker(String name, int cores, String memory, Instant agentTime) {
        node(name);
        register(name);
        publish(name, cores, memory, agentTime);
    }

    /** A machine that is ready, and larger than its worker. */
    public void node(String name) {
        NodeSpec.of(name, new Quantity("64"), new Quantity("64Gi"), new Quantity("500Gi"))
                .register(client);
    }

    /** A worker of which nothing is known. */
    public void register(String name) {
        var worker = new BuildWorker();
        worker.getMetadata().setName(name);
        client.resource(worker).create();
    }

    /** As the agent does, whatever the operator writes meanwhile. */
    public void publish(String name, int cores, String memory, Instant agentTime) {
        publish(name, cores, memory, agentTime, "");
    }

    /** The same with more facts, as YAML. */
    public void publish(String name, int cores, String memory, Instant agentTime, String more) {
        new HollowWorker(name, cores, new Quantity(memory), new Quantity("100Gi"), 8).publish(client, agentTime, more);
    }

    /** The policy, before there is an operator: one that runs may see it later than a job that comes after it. */
    public void policy(String spec) {
        apply("""
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: DispatchPolicy
            metadata: {name: default}
            spec: %s
            """.formatted(spec), DispatchPolicy.class);
    }

    /** A job of one core, unless these further lines of its spec say something of its parallelism, and the policy's memory. */
    public BuildJob job(String name, String... lines) {
        return jobIn(namespace(), name, lines);
    }

    /** The same, elsewhere. */
    public BuildJob jobIn(String namespace, String name, String... lines) {
        return create(namespace, new JobManifest(name, ENVIRONMENT, "true", List.of(lines)));
    }

    /** The same, with what is to be built. */
    public BuildJob build(String name, String script, String... lines) {
        return create(namespace(), new JobManifest(name, ENVIRONMENT, script, List.of(lines)));
    }

    private BuildJob create(String namespace, JobManifest manifest) {
        var job = Serialization.unmarshal(
                manifest.unlessSaid("parallelism: {max: 1}").yaml(), BuildJob.class);
        job.getMetadata().setNamespace(namespace);
        return client.resource(job).create();
    }

    /** Creates what a manifest says. */
    public <T extends HasMetadata> T apply(String yaml, Class<T> type) {
        return client.resource(Serialization.unmarshal(yaml, type)).create();
    }

    public List<BuildJob> jobs(String namespace) {
        return client.resources(BuildJob.class).inNamespace(namespace).list().getItems();
    }

    public BuildJobStatus status(String job) {
        var found = client.resources(BuildJob.class)
                .inNamespace(namespace())
                .withName(job)
                .get();
        return found == null || found.getStatus() == null ? BuildJobStatus.EMPTY : found.getStatus();
    }

    public BuildJobStatus until(String job, Predicate<BuildJobStatus> condition) {
        return await("job " + job)
                .atMost(PATIENCE)
                // An API server that has just started, or is slow, is asked again.
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(() -> status(job), condition::test);
    }

    public BuildWorker untilWorker(String name, Predicate<BuildWorker> condition) {
        return await("worker " + name)
                .atMost(PATIENCE)
                .until(() -> client.resources(BuildWorker.class).withName(name).get(), condition::test);
    }

    /** The reason of a worker's condition; empty text if there is none. */
    public static String reason(BuildWorker worker, String type) {
        return worker.getStatus().condition(type).map(c -> c.reason()).orElse("");
    }

    public List<Pod> pods() {
        return client.pods().inNamespace(namespace()).list().getItems();
    }

    /** The job's pod of this attempt, once it is there and bound. */
    public Pod pod(String job, int attempt) {
        return await("pod " + attempt + " of " + job)
                .atMost(PATIENCE)
                .until(
                        () -> pods().stream()
                                .filter(p -> p.getMetadata().getName().matches(job + "-[0-9a-f]{5}-" + attempt))
                                .findFirst()
                                .orElse(null),
                        p -> p != null && p.getSpec().getNodeName() != null);
    }
}
