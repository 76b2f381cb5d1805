package dev.smartdispatcher.e2e.quickstart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.agent.AgentOptions;
import dev.smartdispatcher.agent.NodeAgent;
import dev.smartdispatcher.e2e.embedded.EmbeddedCluster;
import dev.smartdispatcher.e2e.localnode.LocalNode;
import dev.smartdispatcher.e2e.pods.NodeSpec;
import dev.smartdispatcher.operator.app.OperatorOptions;
import dev.smartdispatcher.operator.app.SmartDispatcher;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A whole farm in this process: the API, the operator, an agent for this machine, and the local node that runs pods. */
final class Farm implements AutoCloseable {
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("quickstart")
            .withFieldValidation("Strict")
            .withForce(true)
            .build();

    private final EmbeddedCluster cluster = EmbeddedCluster.start();
    private final SimulatedAgents agents;
    private final LocalNode node;
    private final NodeAgent agent;
    private final SmartDispatcher operator;
    private final String machine = machineName();

    /**
     * A farm with a Node for each of the workers among the manifests, and one for this machine.
     *
     * @param files directory for what builds write
     */
    Farm(Path files, List<Manifest> manifests) {
        var client = cluster.client();
        agents = new SimulatedAgents(client);
        var nodes = new ArrayList<NodeSpec>();
        nodes.add(thisMachine());
        manifests.stream()
                .filter(m -> m.kind().equals("BuildWorker") && !m.name().equals(machine))
                .forEach(m -> nodes.add(simulated(m)));
        node = LocalNode.start(client, files, nodes);
        agent = new NodeAgent(
                client,
                new AgentOptions(
                        machine,
                        Duration.ofSeconds(20),
                        Path.of("/"),
                        files.toAbsolutePath().toString(),
                        Optional.empty(),
                        0),
                Clock.systemUTC());
        operator = new SmartDispatcher(
                cluster.newClient("smart-dispatcher"),
                OperatorOptions.STANDARD,
                Clock.systemUTC(),
                new SimpleMeterRegistry());
    }

    /** Begins to work. */
    void start() {
        agent.start();
        operator.start();
    }

    KubernetesClient client() {
        return cluster.client();
    }

    LocalNode node() {
        return node;
    }

    /** The name of this machine's worker. */
    String machine() {
        return machine;
    }

    boolean simulates(String worker) {
        return agents.simulates(worker);
    }

    /**
     * Creates what a manifest says, or applies it if it is the DispatchPolicy, as strictly as kubectl does.
     *
     * @return what is wrong with it, if the API refuses it: file, line, field and rule
     */
    Optional<String> apply(Manifest manifest) {
        var object = Serialization.jsonMapper().convertValue(manifest.content(), GenericKubernetesResource.class);
        if (object.getMetadata().getNamespace() == null && namespaced(manifest)) {
            object.getMetadata().setNamespace(manifest.namespace());
        }
        try {
            if (manifest.kind().equals("DispatchPolicy")) {
                // There is one, and the operator makes it where there is none: whoever comes first.
                client().resource(object).patch(APPLY);
            } else {
                client().resource(object).fieldValidation(Validation.STRICT).create();
            }
            if (manifest.kind().equals("BuildWorker")
                    && manifest.content().at("/status/agent") instanceof ObjectNode facts) {
                agents.add(manifest.name(), facts);
            }
            return Optional.empty();
        } catch (KubernetesClientException e) {
            var message = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
            return Optional.of(manifest.label() + ": " + message);
        }
    }

    private static boolean namespaced(Manifest manifest) {
        return List.of("BuildJob", "ConfigMap", "Secret", "PersistentVolumeClaim")
                .contains(manifest.kind());
    }

    /** Large enough for what the manifest says: what limits builds is the worker's budget. */
    private static NodeSpec simulated(Manifest worker) {
        var limits = worker.content().at("/spec/limits");
        var recommended = worker.content().at("/status/agent/recommendedLimits");
        return NodeSpec.of(
                worker.name(),
                larger(limits.path("cpu").asText(), recommended.path("cpu").asText()),
                larger(
                        limits.path("memory").asText(),
                        recommended.path("memory").asText()),
                larger(limits.path("disk").asText(), recommended.path("disk").asText()));
    }

    private static Quantity larger(String a, String b) {
        return quantity(a).compareTo(quantity(b)) >= 0 ? quantity(a) : quantity(b);
    }

    /** Nonsense is the operator's to complain about. */
    private static Quantity quantity(String text) {
        try {
            var quantity = new Quantity(text.isEmpty() ? "0" : text);
            return Quantity.getAmountInBytes(quantity).signum() < 0 ? new Quantity("0") : quantity;
        } catch (IllegalArgumentException e) {
            return new Quantity("0");
        }
    }

    private NodeSpec thisMachine() {
        var memory = ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
        return NodeSpec.of(
                machine,
                new Quantity(Integer.toString(Runtime.getRuntime().availableProcessors())),
                new Quantity(Long.toString(memory)),
                new Quantity(Long.toString(Path.of("/").toFile().getTotalSpace())));
    }

    private static String machineName() {
        try {
            var name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            return name.matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?") ? name : "this-machine";
        } catch (UnknownHostException e) {
            return "this-machine";
        }
    }

    @Override
    public void close() {
        operator.close();
        agent.close();
        agents.close();
        node.close();
        cluster.close();
    }
}
