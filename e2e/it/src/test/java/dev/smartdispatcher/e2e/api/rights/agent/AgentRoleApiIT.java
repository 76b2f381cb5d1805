package dev.smartdispatcher.e2e.api.rights.agent;

import static dev.smartdispatcher.e2e.asserts.Refusals.assertRefused;

import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.api.rights.ServiceAccount;
import dev.smartdispatcher.e2e.api.rights.ShippedRights;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.hollow.HollowWorker;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.HttpURLConnection;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the agent's shipped role refuses by itself, without any policy, to an agent whose token names the worker's node. */
@ApiTier
class AgentRoleApiIT {
    private static final String NODE = "role-a";

    private static KubernetesClient agent;

    @BeforeAll
    static void install(ControlPlane controlPlane) {
        ShippedRights.in(controlPlane.admin()).bindAll();
        HollowWorker.of(NODE, 4).register(controlPlane.admin());
        agent = controlPlane.client(
                ServiceAccount.of(controlPlane.admin(), ShippedRights.NAMESPACE, ShippedRights.AGENT)
                        .tokenOfPodOn(NODE));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Request request) {
        assertRefused(HttpURLConnection.HTTP_FORBIDDEN, () -> request.act().accept(agent))
                .hasMessageContaining("cannot " + request.what());
    }

    static Stream<Request> refused() {
        return Stream.of(
                new Request(
                        "get resource \"buildworkers\"",
                        c -> c.resources(BuildWorker.class).withName(NODE).get()),
                new Request("list resource \"buildworkers\"", c -> c.resources(BuildWorker.class)
                        .list()),
                new Request(
                        "delete resource \"buildworkers\"",
                        c -> c.resources(BuildWorker.class).withName(NODE).delete()),
                new Request(
                        "deletecollection resource \"buildworkers\"",
                        c -> c.raw("/apis/smartdispatcher.dev/v1alpha1/buildworkers", "DELETE", null)),
                new Request(
                        "patch resource \"buildworkers\"",
                        c -> c.raw("/apis/smartdispatcher.dev/v1alpha1/buildworkers/role-a", "PATCH", "{}")),
                new Request("update resource \"buildworkers/status\"", c -> {
                    var worker = new BuildWorker();
                    worker.getMetadata().setName(NODE);
                    worker.getMetadata().setResourceVersion("1");
                    c.resource(worker).updateStatus();
                }),
                new Request(
                        "get resource \"nodes\"", c -> c.nodes().withName(NODE).get()),
                new Request(
                        "list resource \"pods\"",
                        c -> c.pods().inNamespace("default").list()),
                new Request(
                        "list resource \"secrets\"",
                        c -> c.secrets().inNamespace(ShippedRights.NAMESPACE).list()),
                new Request("get resource \"leases\"", c -> c.leases()
                        .inNamespace(ShippedRights.NAMESPACE)
                        .withName("smart-dispatcher")
                        .get()));
    }

    record Request(String what, Consumer<KubernetesClient> act) {
        @Override
        public String toString() {
            return what;
        }
    }
}
