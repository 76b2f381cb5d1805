package dev.smartdispatcher.e2e.api.rights;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.BoundObjectReference;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** A service account, and tokens of it as the API server signs them for kubelets and users. */
public record ServiceAccount(KubernetesClient admin, String namespace, String name) {
    /** Created if it is not there. */
    public static ServiceAccount of(KubernetesClient admin, String namespace, String name) {
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .build())
                .serverSideApply();
        return new ServiceAccount(admin, namespace, name);
    }

    /** Its user name. */
    public String user() {
        return "system:serviceaccount:" + namespace + ":" + name;
    }

    /** A token that no object's life ends, as a user may ask for one. */
    public String token() {
        return token(null);
    }

    /** The token that a kubelet gets for a pod on this node, which must exist. The pod is created. */
    public String tokenOfPodOn(String node) {
        var pod = admin.resource(pod(node)).create();
        var meta = pod.getMetadata();
        return token(new BoundObjectReference("v1", "Pod", meta.getName(), meta.getUid()));
    }

    /** A token that is bound to the node itself. */
    public String tokenOfNode(String node) {
        var uid = admin.nodes().withName(node).get().getMetadata().getUid();
        return token(new BoundObjectReference("v1", "Node", node, uid));
    }

    private String token(BoundObjectReference bound) {
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withBoundObjectRef(bound)
                .endSpec()
                .build();
        return admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(name)
                .tokenRequest(request)
                .getStatus()
                .getToken();
    }

    private Pod pod(String node) {
        return new PodBuilder()
                .withNewMetadata()
                .withGenerateName(name + "-")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .withServiceAccountName(name)
                .addNewContainer()
                .withName("main")
                .withImage("local.test/none")
                .endContainer()
                .endSpec()
                .build();
    }
}
