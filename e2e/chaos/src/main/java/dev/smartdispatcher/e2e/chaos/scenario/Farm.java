package dev.smartdispatcher.e2e.chaos.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.chaos.check.place.OwnWorkerRule;
import dev.smartdispatcher.e2e.pods.NodeSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;

/** The nodes, workers, environment and namespaces of a run. */
final class Farm {
    static final List<String> NODES = List.of("node-1", "node-2", "node-3", "node-4", "node-5", "node-6");
    static final List<String> NAMESPACES = List.of("team-a", "team-b", "team-c");
    static final String ENVIRONMENT = "debian";
    /** Of each node. */
    static final int CORES = 6;

    private static final int MEMORY_GIB = 12;
    private static final int DISK_GIB = 96;

    private Farm() {}

    /** Creates all of it. The agents publish their facts. */
    static void create(KubernetesClient admin) {
        NAMESPACES.forEach(namespace -> Rights.namespace(admin, namespace));
        admin.resource(Serialization.unmarshal("""
                        apiVersion: smartdispatcher.dev/v1alpha1
                        kind: BuildEnvironment
                        metadata: {name: %s}
                        spec:
                          image: "local.test/debian:12"
                          packages: {preinstall: [bash, coreutils, rpm], install: [gcc, make]}
                          rules:
                          - name: arm-cross
                            when: {hostArch: [x86_64], targetArch: [armv7l], modes: [Cross]}
                            preinstall: [rpm-x86, bash-x86]
                            noInstall: [rpm, bash]
                            install: [cross-armv7l-gcc]
                            env: [{name: CROSS_COMPILE, value: arm-linux-gnueabihf-}]
                          - name: compat
                            when: {modes: [Compat]}
                            install: [glibc-32bit]
                            remove: [coreutils]
                        """.formatted(ENVIRONMENT), BuildEnvironment.class))
                .create();
        for (var name : NODES) {
            registerNode(admin, name);
            var worker = new BuildWorker();
            worker.getMetadata().setName(name);
            admin.resource(worker).create();
        }
    }

    /** A Node that is ready, as its kubelet registers it. */
    static void registerNode(KubernetesClient admin, String name) {
        NodeSpec.of(
                        name,
                        new Quantity(Integer.toString(CORES)),
                        new Quantity(MEMORY_GIB + "Gi"),
                        new Quantity(DISK_GIB + "Gi"))
                .register(admin);
    }

    /** What the agent on a node publishes; the last two nodes are of another architecture. Signed by the writer's node. */
    static ObjectNode facts(String node, String writer) {
        boolean arm = NODES.indexOf(node) >= NODES.size() - 2;
        var facts = JsonNodeFactory.instance.objectNode();
        facts.put("hostArch", arm ? "armv7l" : "x86_64");
        var targets = facts.putArray("targets");
        targets.addObject().put("arch", arm ? "armv7l" : "x86_64").put("mode", "Native");
        if (!arm) {
            targets.addObject().put("arch", "i586").put("mode", "Compat");
        }
        facts.putObject("local").put(OwnWorkerRule.SIGNATURE, writer);
        facts.putObject("recommendedLimits")
                .put("cpu", Integer.toString(CORES))
                .put("memory", MEMORY_GIB + "Gi")
                .put("disk", DISK_GIB + "Gi")
                .put("jobs", CORES);
        return facts;
    }
}
