package dev.smartdispatcher.e2e.hollow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.pods.Amounts;
import dev.smartdispatcher.e2e.pods.NodeSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.Map;

/**
 * A worker that has a Node and facts, and no machine.
 *
 * @param cores that it offers, and its Node has
 * @param memory that it offers, and its Node has
 * @param disk that it offers, and its Node has
 * @param jobs that it takes at once
 */
public record HollowWorker(String name, int cores, Quantity memory, Quantity disk, int jobs) {
    /** One of {@code cores} cores with 2 GiB of memory and 16 GiB of disk for each, and as many jobs as cores. */
    public static HollowWorker of(String name, int cores) {
        return new HollowWorker(name, cores, new Quantity(2 * cores + "Gi"), new Quantity(16 * cores + "Gi"), cores);
    }

    /** Creates a ready Node and BuildWorker and publishes the facts. */
    public void register(KubernetesClient client) {
        NodeSpec.of(name, new Quantity(Integer.toString(cores)), memory, disk).register(client);
        var worker = new BuildWorker();
        worker.getMetadata().setName(name);
        client.resource(worker).create();
        beat(client);
    }

    /** Publishes the facts as observed now, which an agent does at least every minute. */
    public void beat(KubernetesClient client) {
        publish(client, Instant.now(), "");
    }

    /** Publishes the facts, and more as YAML, as observed at this time. */
    public void publish(KubernetesClient client, Instant observed, String more) {
        var facts = facts();
        if (!more.isBlank()) {
            facts.setAll((ObjectNode) Serialization.unmarshal(more, ObjectNode.class));
        }
        PublishedFacts.publish(client, name, facts, observed);
    }

    /** What builds may take of it altogether; a job counts as a pod. */
    public Amounts amounts() {
        return Amounts.of(Map.of(
                "cpu",
                new Quantity(Integer.toString(cores)),
                "memory",
                memory,
                "ephemeral-storage",
                disk,
                Amounts.PODS,
                new Quantity(Integer.toString(jobs))));
    }

    private ObjectNode facts() {
        var facts = JsonNodeFactory.instance.objectNode();
        facts.put("hostArch", "x86_64");
        facts.putArray("targets").addObject().put("arch", "x86_64").put("mode", "Native");
        facts.putObject("recommendedLimits")
                .put("cpu", Integer.toString(cores))
                .put("memory", memory.toString())
                .put("disk", disk.toString())
                .put("jobs", jobs);
        return facts;
    }
}
