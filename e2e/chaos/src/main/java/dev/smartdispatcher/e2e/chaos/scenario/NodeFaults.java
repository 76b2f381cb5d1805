package dev.smartdispatcher.e2e.chaos.scenario;

import dev.smartdispatcher.e2e.chaos.history.Act;
import dev.smartdispatcher.e2e.chaos.history.Journal;
import dev.smartdispatcher.e2e.chaos.kubelet.Kubelets;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSystemInfoBuilder;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** What happens to machines. Of the node lifecycle controller, which would need minutes, the harness itself plays the part. */
final class NodeFaults {
    private static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";
    private static final String UNREACHABLE = "node.kubernetes.io/unreachable";

    private final KubernetesClient admin;
    private final Kubelets kubelets;
    private final Agents agents;
    private final Journal journal;

    NodeFaults(KubernetesClient admin, Kubelets kubelets, Agents agents, Journal journal) {
        this.admin = admin;
        this.kubelets = kubelets;
        this.agents = agents;
        this.journal = journal;
    }

    /** Its kubelet is cut off; its builds run on. */
    void silence(String node) {
        kubelets.silence(node, true);
    }

    /** The same, for so long that the control plane gives it up. */
    void unreachable(String node) {
        kubelets.silence(node, true);
        ready(node, "Unknown");
        taint(node, UNREACHABLE, "NoSchedule");
    }

    void heard(String node) {
        kubelets.silence(node, false);
        ready(node, "True");
        untaint(node);
    }

    /** Its builds die, and it comes back. */
    void reboot(String node) {
        kubelets.powerOff(node);
    }

    void rebooted(String node) {
        kubelets.powerOn(node);
        Quietly.surely(() -> admin.nodes().withName(node).editStatus(n -> {
            n.getStatus()
                    .setNodeInfo(new NodeSystemInfoBuilder(n.getStatus().getNodeInfo())
                            .withBootID(UUID.randomUUID().toString())
                            .build());
            return n;
        }));
    }

    /** The machine is gone for good, and its Node is deleted. */
    void delete(String node) {
        kubelets.powerOff(node);
        journal.write(Act.Kind.DeclareDead, node);
        Quietly.surely(() -> admin.nodes().withName(node).delete());
    }

    /** Another machine has its name. */
    void register(String node) {
        Quietly.surely(() -> {
            if (admin.nodes().withName(node).get() == null) {
                Farm.registerNode(admin, node);
                agents.register(node);
            }
        });
        kubelets.powerOn(node);
    }

    /** The machine is off, and an administrator says so. */
    void outOfService(String node) {
        kubelets.powerOff(node);
        journal.write(Act.Kind.DeclareDead, node);
        ready(node, "Unknown");
        taint(node, OUT_OF_SERVICE, "NoExecute");
    }

    void backInService(String node) {
        ready(node, "True");
        untaint(node);
        kubelets.powerOn(node);
    }

    /** All are there, ready and open. */
    void repair() {
        kubelets.repair();
        for (var node : Farm.NODES) {
            Quietly.surely(() -> {
                if (admin.nodes().withName(node).get() == null) {
                    Farm.registerNode(admin, node);
                    agents.register(node);
                }
                status(node, "True");
                edit(node, n -> {
                    n.getSpec().setTaints(List.of());
                    n.getSpec().setUnschedulable(null);
                    return n;
                });
            });
        }
    }

    private void ready(String node, String status) {
        Quietly.surely(() -> status(node, status));
    }

    private void status(String node, String status) {
        admin.nodes().withName(node).editStatus(n -> {
            n.getStatus().getConditions().stream()
                    .filter(condition -> condition.getType().equals("Ready"))
                    .forEach(condition -> condition.setStatus(status));
            return n;
        });
    }

    private void taint(String node, String key, String effect) {
        Quietly.surely(() -> edit(node, n -> {
            n.getSpec()
                    .setTaints(List.of(new TaintBuilder()
                            .withKey(key)
                            .withValue("nodeshutdown")
                            .withEffect(effect)
                            .build()));
            return n;
        }));
    }

    private void untaint(String node) {
        Quietly.surely(() -> edit(node, n -> {
            n.getSpec().setTaints(List.of());
            return n;
        }));
    }

    private void edit(String node, UnaryOperator<Node> change) {
        admin.nodes().withName(node).edit(change);
    }
}
