package dev.smartdispatcher.operator.preflight;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.workload.CreateBefore;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the API server refuses pods that it is asked for too late: without that, no attempt whose pod was asked for in vain
 * could ever be given up for certain. Tried with a pod that was to be created long ago, as a dry run.
 */
final class LatePodCheck {
    private static final int NOBODY = 65532;

    private final KubernetesClient client;
    private final String namespace;

    /** @param namespace the operator's */
    LatePodCheck(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * What is wrong, for an administrator; empty: nothing is.
     *
     * @throws KubernetesClientException if the API server does not say
     */
    Optional<String> problem() {
        try {
            client.resource(CreateBefore.marked(pod(), Instant.EPOCH)).dryRun().create();
            return Optional.of("late pods are not refused: apply the chart's rights/creation-policy.yaml, a"
                    + " ValidatingAdmissionPolicy with its binding (helm upgrade does)");
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                    && ApiFailure.reason(e).contains(Annotations.CREATE_BEFORE)) {
                return Optional.empty();
            }
            if (!ApiFailure.isAnswer(e) || e.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
                throw e;
            }
            return Optional.of("whether late pods are refused cannot be tried with a pod in the namespace " + namespace
                    + ", it has to admit restricted pods: " + ApiFailure.reason(e));
        }
    }

    /** Restricted in the sense of Pod Security, so that nothing else refuses it. */
    private Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("smart-dispatcher-late-pod")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser((long) NOBODY)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName("none")
                .withImage("smart-dispatcher.invalid/none")
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .addToDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
    }
}
