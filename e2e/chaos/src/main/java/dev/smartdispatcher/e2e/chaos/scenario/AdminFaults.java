package dev.smartdispatcher.e2e.chaos.scenario;

import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.worker.BuildWorker;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** What administrators do: drains, cordons, lower limits, quotas and other packages. */
final class AdminFaults {
    private static final String QUOTA = "few";
    private static final String DRAIN = "{\"metadata\": {\"annotations\": {\"smartdispatcher.dev/drain\": %s,"
            + " \"smartdispatcher.dev/drain-deadline\": %s}}}";

    private final KubernetesClient admin;

    AdminFaults(KubernetesClient admin) {
        this.admin = admin;
    }

    void drain(String worker) {
        patch(worker, DRAIN.formatted("\"kernel update\"", "null"));
    }

    /** What still runs then is stopped. */
    void drainBy(String worker, Duration deadline) {
        var time = Instant.now().plus(deadline).truncatedTo(ChronoUnit.SECONDS);
        patch(worker, DRAIN.formatted("\"kernel update\"", "\"" + time + "\""));
    }

    void undrain(String worker) {
        patch(worker, DRAIN.formatted("null", "null"));
    }

    void cordon(String node, boolean cordoned) {
        Quietly.surely(() -> admin.nodes().withName(node).edit(n -> {
            n.getSpec().setUnschedulable(cordoned ? true : null);
            return n;
        }));
    }

    void lowerLimits(String worker) {
        patch(worker, "{\"spec\": {\"limits\": {\"cpu\": \"2\", \"jobs\": 1}}}");
    }

    void restoreLimits(String worker) {
        patch(worker, "{\"spec\": {\"limits\": null}}");
    }

    void quota(String namespace, int pods) {
        Quietly.surely(() -> admin.resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName(QUOTA)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withHard(Map.of("pods", new Quantity(Integer.toString(pods))))
                        .endSpec()
                        .build())
                .serverSideApply());
    }

    void noQuota(String namespace) {
        Quietly.surely(() ->
                admin.resourceQuotas().inNamespace(namespace).withName(QUOTA).delete());
    }

    /** The environment gets another package. */
    void edit(int number) {
        Quietly.surely(() -> admin.resources(BuildEnvironment.class)
                .withName(Farm.ENVIRONMENT)
                .patch(
                        merge(),
                        "{\"spec\": {\"packages\": {\"preinstall\": [\"bash\", \"coreutils\", \"rpm\"], \"install\": [\"gcc\","
                                + " \"make\", \"extra-" + number + "\"]}}}"));
    }

    void repair() {
        for (var worker : Farm.NODES) {
            Quietly.surely(() -> {
                write(worker, DRAIN.formatted("null", "null"));
                write(worker, "{\"spec\": {\"limits\": null}}");
            });
        }
        for (var namespace : Farm.NAMESPACES) {
            Quietly.surely(() -> admin.resourceQuotas()
                    .inNamespace(namespace)
                    .withName(QUOTA)
                    .delete());
        }
    }

    private void patch(String worker, String patch) {
        Quietly.surely(() -> write(worker, patch));
    }

    private void write(String worker, String patch) {
        admin.resources(BuildWorker.class).withName(worker).patch(merge(), patch);
    }

    private static PatchContext merge() {
        return new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();
    }
}
