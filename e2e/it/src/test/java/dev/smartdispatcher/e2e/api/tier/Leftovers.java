package dev.smartdispatcher.e2e.api.tier;

import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.check.WorkerCheck;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.profile.BuildProfile;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.definitions.CreationPolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What test classes leave in the API server, which has nobody who would collect it. */
public final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private Leftovers() {}

    public static void remove(KubernetesClient client) {
        client.resources(BuildJob.class).inAnyNamespace().delete();
        client.resources(BuildProfile.class).inAnyNamespace().delete();
        removeWorkers(client);
        client.resources(BuildEnvironment.class).delete();
        client.resources(WorkerCheck.class).delete();
        client.resources(DispatchPolicy.class).delete();
        client.pods().inAnyNamespace().withGracePeriod(0).delete();
        client.policy().v1().podDisruptionBudget().inAnyNamespace().delete();
        client.nodes().delete();
        client.leases().inAnyNamespace().delete();
        client.resourceQuotas().inAnyNamespace().delete();
        client.serviceAccounts().inAnyNamespace().delete();
        removeRights(client);
        removePolicies(client);
    }

    /** The API server goes by those that it has read for another second: a policy for pods would refuse the next test's. */
    private static void removePolicies(KubernetesClient client) {
        var admission = client.admissionRegistration().v1();
        var bindings = admission.validatingAdmissionPolicyBindings().list().getItems().stream()
                .filter(Leftovers::isOfATest)
                .toList();
        if (bindings.isEmpty()) {
            return;
        }
        bindings.forEach(binding -> client.resource(binding).delete());
        admission.validatingAdmissionPolicies().list().getItems().stream()
                .filter(Leftovers::isOfATest)
                .forEach(policy -> client.resource(policy).delete());
        await("the policies' end")
                .atMost(PATIENCE)
                .until(() -> WorkerPods.admitted(client) && OperatorMaps.admitted(client));
    }

    /** One is there for all tests. */
    private static boolean isOfATest(HasMetadata policy) {
        return !policy.getMetadata().getName().equals(CreationPolicy.NAME);
    }

    /** Those with finalizers too. */
    public static void removeWorkers(KubernetesClient client) {
        for (var worker : client.resources(BuildWorker.class).list().getItems()) {
            if (!worker.getMetadata().getFinalizers().isEmpty()) {
                client.resource(worker).edit(w -> {
                    w.getMetadata().setFinalizers(List.of());
                    return w;
                });
            }
            client.resource(worker).delete();
        }
    }

    /** Those of tests: the project's names begin alike. */
    private static void removeRights(KubernetesClient client) {
        var rbac = client.rbac();
        Stream.of(
                        rbac.clusterRoleBindings().list().getItems(),
                        rbac.clusterRoles().list().getItems(),
                        rbac.roleBindings().inAnyNamespace().list().getItems(),
                        rbac.roles().inAnyNamespace().list().getItems())
                .flatMap(List::stream)
                .filter(item -> item.getMetadata().getName().startsWith("smart-dispatcher-"))
                .forEach(item -> client.resource(item).delete());
    }
}
