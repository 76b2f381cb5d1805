package dev.smartdispatcher.e2e.api.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.policy.DispatchPolicySpec;
import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.chart.Chart;
import dev.smartdispatcher.e2e.command.Command;
import dev.smartdispatcher.e2e.controlplane.Binaries;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A release takes over the DispatchPolicy that the operator has made, as docs/install.md tells it. Helm 3 computes what it
 * changes of a custom resource from the release's last manifest and the new one. Of what it takes over it had none, takes the
 * new one for the last, and so changes nothing, unless it is told to replace.
 */
@ApiTier
class TakeOwnershipApiIT {
    private final KubernetesClient client;
    private final Path kubeconfig;
    private final Path helm =
            Binaries.find(SourceTree.root(), System.getenv()).directory().resolve("helm");

    TakeOwnershipApiIT(ControlPlane controlPlane, KubernetesClient client) {
        this.client = client;
        this.kubeconfig = controlPlane.kubeconfig("helm", null);
    }

    @BeforeEach
    void install() {
        assumeTrue(helm.toFile().canExecute(), "helm is not built: e2e/control-plane/build helm");
        ReleaseNamespace.create(client);
        helm("install", Chart.RELEASE, Chart.shipped().directory().toString());
        var policy = new DispatchPolicy();
        policy.setMetadata(new ObjectMetaBuilder().withName(DispatchPolicy.NAME).build());
        policy.setSpec(DispatchPolicySpec.STANDARD);
        client.resource(policy).create();
    }

    @AfterEach
    void uninstall() {
        if (helm.toFile().canExecute()) {
            run("uninstall", Chart.RELEASE);
            client.resources(DispatchPolicy.class).withName(DispatchPolicy.NAME).delete();
            ReleaseNamespace.delete(client);
        }
    }

    @Test
    void ofAPolicyThatIsNotItsOwnTheReleaseTakesNothing() {
        assertThat(run(upgrade("nobody")).errors()).contains("DispatchPolicy \"default\"", "cannot be imported");
        assertThat(priorityClass()).isNullOrEmpty();
    }

    @Test
    void replacedItIsAsTheValuesSayFromThenOn() {
        helm(upgrade("taken", "--take-ownership", "--force"));
        assertThat(priorityClass()).isEqualTo("taken");
        helm(upgrade("changed"));
        assertThat(priorityClass()).isEqualTo("changed");
    }

    /** When Helm mends that, docs/install.md need not ask for more than the one option. */
    @Test
    void takenOverOnlyItStaysAsItWas() {
        helm(upgrade("taken", "--take-ownership"));
        assertThat(priorityClass()).isNullOrEmpty();
    }

    private String[] upgrade(String priorityClass, String... more) {
        var arguments = new ArrayList<>(List.of(
                "upgrade",
                Chart.RELEASE,
                Chart.shipped().directory().toString(),
                "--set",
                "dispatchPolicy.create=true,dispatchPolicy.spec.priorityClassName=" + priorityClass));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private void helm(String... arguments) {
        var ended = run(arguments);
        assertThat(ended.status()).as(ended.errors()).isZero();
    }

    private Command run(String... arguments) {
        var command = new ArrayList<>(List.of(helm.toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--namespace", Chart.NAMESPACE, "--kubeconfig", kubeconfig.toString()));
        return Command.run(Map.of(), command);
    }

    private String priorityClass() {
        return client.resources(DispatchPolicy.class)
                .withName(DispatchPolicy.NAME)
                .get()
                .getSpec()
                .priorityClassName();
    }
}
