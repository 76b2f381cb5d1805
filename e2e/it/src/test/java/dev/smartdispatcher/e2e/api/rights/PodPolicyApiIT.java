package dev.smartdispatcher.e2e.api.rights;

import static dev.smartdispatcher.e2e.asserts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.ApiGroup;
import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.api.tier.WorkerPods;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.hollow.HollowWorker;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Worker pods are the operator's: who else may do what with them, here an administrator, whom RBAC forbids nothing. */
@ApiTier
class PodPolicyApiIT {
    private static final String WORKER_POD = "worker-pod";
    private static final String PLAIN_POD = "plain-pod";
    private static final String NODE = "pods-a";
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private static ControlPlane controlPlane;
    private static KubernetesClient admin;
    private static KubernetesClient operator;

    @BeforeAll
    static void install(ControlPlane started) {
        controlPlane = started;
        admin = controlPlane.admin();
        var rights = ShippedRights.in(admin).bindAll();
        GuardPolicy.PODS.apply(rights);
        HollowWorker.of(NODE, 4).register(admin);
        operator = controlPlane.client(ServiceAccount.of(admin, ShippedRights.NAMESPACE, ShippedRights.OPERATOR)
                .token());
        GuardPolicy.PODS.awaitInForce(admin);
    }

    @AfterAll
    static void remove() {
        GuardPolicy.PODS.remove(admin);
    }

    @BeforeEach
    void pods() {
        admin.pods().inNamespace("default").withGracePeriod(0).delete();
        operator.resource(workerPod(WORKER_POD)).create();
        admin.resource(plainPod(PLAIN_POD)).create();
    }

    @ParameterizedTest
    @MethodSource
    void refused(Request request) {
        assertRefused(HttpURLConnection.HTTP_FORBIDDEN, () -> request.act().accept(admin))
                .hasMessageContaining("ValidatingAdmissionPolicy 'smart-dispatcher-pods'")
                .hasMessageContaining("only the operator of smartdispatcher.dev may");
    }

    static Stream<Request> refused() {
        return Stream.of(
                new Request("create a worker pod", c -> c.resource(workerPod("forged"))
                        .create()),
                new Request("create a pod with the label alone", c -> c.resource(WorkerPods.pod("forged", "uid"))
                        .create()),
                new Request("create a pod that a job owns", c -> c.resource(owned(plainPod("forged")))
                        .create()),
                patch("label a pod", PLAIN_POD, "{\"metadata\":{\"labels\":{\"smartdispatcher.dev/job-uid\":\"u\"}}}"),
                patch(
                        "pass a pod off as a check's",
                        PLAIN_POD,
                        "{\"metadata\":{\"labels\":{\"smartdispatcher.dev/check-uid\":\"u\"}}}"),
                new Request(
                        "pass a pod off as a check's as it is bound",
                        c -> bind(c, PLAIN_POD, meta -> meta.addToLabels(Labels.CHECK_UID, "u"))),
                patch(
                        "give a pod an owner",
                        PLAIN_POD,
                        "{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"smartdispatcher.dev/v1alpha1\",\"kind\":"
                                + "\"BuildJob\",\"name\":\"j\",\"uid\":\"u\"}]}}"),
                new Request("label a pod with its status", c -> c.pods()
                        .inNamespace("default")
                        .withName(PLAIN_POD)
                        .subresource("status")
                        .patch(MERGE, "{\"metadata\":{\"labels\":{\"smartdispatcher.dev/job-uid\":\"u\"}}}")),
                new Request(
                        "label a pod as it is bound",
                        c -> bind(c, PLAIN_POD, meta -> meta.addToLabels(Labels.JOB_UID, "u"))),
                new Request(
                        "change the allocation as it is bound",
                        c -> bind(c, WORKER_POD, meta -> meta.addToAnnotations(Annotations.ALLOCATION, "{}"))),
                new Request(
                        "change the plan as it is bound",
                        c -> bind(c, WORKER_POD, meta -> meta.addToAnnotations(Annotations.PLAN, "sha256:0"))),
                new Request(
                        "change the latest time of creation as it is bound",
                        c -> bind(c, WORKER_POD, meta -> meta.addToAnnotations(Annotations.CREATE_BEFORE, "x"))),
                new Request(
                        "change the deadline as it is bound",
                        c -> bind(
                                c, WORKER_POD, meta -> meta.addToAnnotations(Annotations.DEADLINE_SECONDS, "999999"))),
                patch(
                        "take the owner away, as if the build had gone",
                        WORKER_POD,
                        "{\"metadata\":{\"ownerReferences\":null}}"),
                patch("rename the owner", WORKER_POD, owner("smartdispatcher.dev/v1alpha1", "BuildJob", "other")),
                patch("make it one of another group", WORKER_POD, owner("example.com/v1", "BuildJob", "job")),
                patch("make it one of another kind", WORKER_POD, owner("smartdispatcher.dev/v1alpha1", "Job", "job")),
                patch(
                        "hide a build",
                        WORKER_POD,
                        "{\"metadata\":{\"labels\":{\"app.kubernetes.io/managed-by\":null}}}"),
                patch(
                        "unlabel a build",
                        WORKER_POD,
                        "{\"metadata\":{\"labels\":{\"smartdispatcher.dev/job-uid\":null}}}"),
                patch("move a claim", WORKER_POD, "{\"metadata\":{\"labels\":{\"smartdispatcher.dev/worker\":\"b\"}}}"),
                patch("count again", WORKER_POD, "{\"metadata\":{\"labels\":{\"smartdispatcher.dev/attempt\":\"9\"}}}"),
                patch(
                        "change the allocation",
                        WORKER_POD,
                        "{\"metadata\":{\"annotations\":{\"smartdispatcher.dev/allocation\":\"{}\"}}}"),
                patch(
                        "give a build more time",
                        WORKER_POD,
                        "{\"metadata\":{\"annotations\":{\"smartdispatcher.dev/deadline-seconds\":\"999999999\"}}}"),
                patch(
                        "change the plan",
                        WORKER_POD,
                        "{\"metadata\":{\"annotations\":{\"smartdispatcher.dev/plan\":\"sha256:0\"}}}"),
                patch(
                        "take the plan away",
                        WORKER_POD,
                        "{\"metadata\":{\"annotations\":{\"smartdispatcher.dev/plan\":null}}}"),
                patch(
                        "take the allocation away",
                        WORKER_POD,
                        "{\"metadata\":{\"annotations\":{\"smartdispatcher.dev/allocation\":null}}}"));
    }

    @ParameterizedTest
    @MethodSource
    void allowed(Request request) {
        assertThatCode(() -> request.act().accept(admin)).doesNotThrowAnyException();
    }

    static Stream<Request> allowed() {
        return Stream.of(
                new Request("create any other pod", c -> c.resource(new PodBuilder(plainPod("other"))
                                .editMetadata()
                                .addToLabels(Labels.MANAGED_BY, Labels.OPERATOR)
                                .addNewOwnerReference()
                                .withApiVersion("batch/v1")
                                .withKind("Job")
                                .withName("j")
                                .withUid("u")
                                .endOwnerReference()
                                .endMetadata()
                                .build())
                        .create()),
                patch("label another pod", PLAIN_POD, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}"),
                patch("label a worker pod otherwise", WORKER_POD, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}"),
                patch("annotate a worker pod otherwise", WORKER_POD, "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}"),
                // As a job deleted with --cascade=foreground has it.
                patch("collect: finalizer", WORKER_POD, "{\"metadata\":{\"finalizers\":[\"foregroundDeletion\"]}}"),
                patch(
                        "write the owner by a later version",
                        WORKER_POD,
                        owner("smartdispatcher.dev/v2", "BuildJob", "job")),
                patch(
                        "own it too",
                        WORKER_POD,
                        "{\"metadata\":{\"ownerReferences\":["
                                + owner("smartdispatcher.dev/v1alpha1", "BuildJob", "job", "uid") + ","
                                + owner("v1", "ConfigMap", "mine", "other") + "]}}"),
                new Request("bind", c -> bind(c, WORKER_POD, meta -> meta)),
                new Request("report: status", c -> c.pods()
                        .inNamespace("default")
                        .withName(WORKER_POD)
                        .subresource("status")
                        .patch(MERGE, "{\"status\":{\"phase\":\"Running\",\"message\":\"x\"}}")),
                new Request("evict", c -> c.pods()
                        .inNamespace("default")
                        .withName(WORKER_POD)
                        .evict(new EvictionBuilder()
                                .withNewMetadata()
                                .withName(WORKER_POD)
                                .withNamespace("default")
                                .endMetadata()
                                .build())),
                new Request("delete", c -> assertThat(c.pods()
                                .inNamespace("default")
                                .withName(WORKER_POD)
                                .delete())
                        .isNotEmpty()),
                new Request("delete by force", c -> assertThat(c.pods()
                                .inNamespace("default")
                                .withName(WORKER_POD)
                                .withGracePeriod(0)
                                .delete())
                        .isNotEmpty()),
                new Request("delete all", c -> c.pods().inNamespace("default").delete()));
    }

    /** As a job deleted with --cascade=orphan has it done. */
    @ParameterizedTest
    @ValueSource(strings = {Impersonator.COLLECTOR, "system:kube-controller-manager"})
    void whoCollectsMayTakeTheOwnerAway(String user) {
        try (var impersonator = Impersonator.on(controlPlane)) {
            assertThatCode(() -> impersonator
                            .as(user)
                            .pods()
                            .inNamespace("default")
                            .withName(WORKER_POD)
                            .patch(MERGE, "{\"metadata\":{\"ownerReferences\":null}}"))
                    .doesNotThrowAnyException();
        }
    }

    private static void bind(KubernetesClient client, String pod, UnaryOperator<ObjectMetaBuilder> more) {
        client.bindings()
                .inNamespace("default")
                .resource(new BindingBuilder()
                        .withMetadata(
                                more.apply(new ObjectMetaBuilder().withName(pod).withNamespace("default"))
                                        .build())
                        .withNewTarget()
                        .withApiVersion("v1")
                        .withKind("Node")
                        .withName(NODE)
                        .endTarget()
                        .build())
                .create();
    }

    private static String owner(String apiVersion, String kind, String name) {
        return "{\"metadata\":{\"ownerReferences\":[" + owner(apiVersion, kind, name, "uid") + "]}}";
    }

    private static String owner(String apiVersion, String kind, String name, String uid) {
        return "{\"apiVersion\":\"" + apiVersion + "\",\"kind\":\"" + kind + "\",\"name\":\"" + name + "\",\"uid\":\""
                + uid + "\"}";
    }

    record Request(String what, Consumer<KubernetesClient> act) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Request patch(String what, String pod, String patch) {
        return new Request(
                what, c -> c.pods().inNamespace("default").withName(pod).patch(MERGE, patch));
    }

    private static Pod plainPod(String name) {
        return new PodBuilder(WorkerPods.pod(name, "uid"))
                .editMetadata()
                .withLabels(null)
                .endMetadata()
                .build();
    }

    /** With all marks of one that the operator creates. */
    private static Pod workerPod(String name) {
        return owned(new PodBuilder(WorkerPods.pod(name, "uid"))
                .editMetadata()
                .addToLabels(Labels.MANAGED_BY, Labels.OPERATOR)
                .addToLabels(Labels.JOB, "job")
                .addToLabels(Labels.ATTEMPT, "1")
                .addToLabels(Labels.WORKER, NODE)
                .addToAnnotations(Annotations.ALLOCATION, "{\"cpu\":\"1\"}")
                .addToAnnotations(Annotations.PLAN, "sha256:9a0e")
                .endMetadata()
                .build());
    }

    private static Pod owned(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .addNewOwnerReference()
                .withApiVersion(ApiGroup.GROUP + "/" + ApiGroup.VERSION)
                .withKind("BuildJob")
                .withName("job")
                .withUid("uid")
                .endOwnerReference()
                .endMetadata()
                .build();
    }
}
