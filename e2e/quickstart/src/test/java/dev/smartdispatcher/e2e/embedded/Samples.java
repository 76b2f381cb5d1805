package dev.smartdispatcher.e2e.embedded;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.Phase;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/** Small valid objects in the namespace {@code default}. */
public final class Samples {
    private Samples() {}

    public static ConfigMap configMap(String name, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withData(data)
                .build();
    }

    /** A job with the fields that it must have. */
    public static BuildJob job(String name) {
        return job(name, "");
    }

    /** A job with more in its spec; {@code more} as YAML lines, each indented by two. */
    public static BuildJob job(String name, String more) {
        return Serialization.unmarshal("""
                apiVersion: smartdispatcher.dev/v1alpha1
                kind: BuildJob
                metadata: {name: %s, namespace: default}
                spec:
                  environment: debian-12
                  targetArch: x86_64
                """.formatted(name) + more, BuildJob.class);
    }

    public static BuildJobStatus statusWith(Phase phase) {
        return Serialization.unmarshal("{\"phase\":\"" + phase + "\"}", BuildJobStatus.class);
    }

    public static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("build")
                .withImage("local.test/build:1")
                .endContainer()
                .endSpec()
                .build();
    }

    public static Pod podOn(String node, String name) {
        return new PodBuilder(pod(name)).editSpec().withNodeName(node).endSpec().build();
    }

    public static Node node(String name, String cpu, String memory) {
        var amounts = Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory), "pods", new Quantity("110"));
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewStatus()
                .withCapacity(amounts)
                .withAllocatable(amounts)
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
    }

    public static OwnerReference owner(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .build();
    }

    public static <T extends HasMetadata> T ownedBy(HasMetadata owner, T dependent) {
        dependent.getMetadata().getOwnerReferences().add(owner(owner));
        return dependent;
    }
}
