package dev.smartdispatcher.e2e.api.tier;

import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.hollow.HollowWorker;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.function.Predicate;

/** What administrators and users put into the cluster, and how they look at it. */
public record Farm(KubernetesClient client) {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** With an environment {@code debian} and these workers, of four cores each. */
    public static Farm of(KubernetesClient client, String... workers) {
        client.resource(Serialization.unmarshal("""
                apiVersion: smartdispatcher.dev/v1alpha1
                kind: BuildEnvironment
                metadata: {name: debian}
                spec: {image: "local.test/debian:12"}
                """, BuildEnvironment.class)).create();
        for (var worker : workers) {
            HollowWorker.of(worker, 4).register(client);
        }
        return new Farm(client);
    }

    /** A job of one core in the namespace {@code default}, with further fields of its spec as a YAML flow mapping's content. */
    public BuildJob job(String name, String more) {
        return client.resource(
                        Serialization.unmarshal("""
                apiVersion: smartdispatcher.dev/v1alpha1
                kind: BuildJob
                metadata: {name: %s, namespace: default}
                spec: {targetArch: x86_64, environment: debian, args: ["true"], parallelism: {max: 1}%s}
                """.formatted(name, more.isEmpty() ? "" : ", " + more), BuildJob.class))
                .create();
    }

    public BuildJob job(String name) {
        return job(name, "");
    }

    public BuildJobStatus status(String job) {
        var found = client.resources(BuildJob.class)
                .inNamespace("default")
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
}
