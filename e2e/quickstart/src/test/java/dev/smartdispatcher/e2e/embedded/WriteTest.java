package dev.smartdispatcher.e2e.embedded;

import static dev.smartdispatcher.e2e.asserts.Refusals.assertRefused;
import static dev.smartdispatcher.e2e.embedded.Samples.configMap;
import static dev.smartdispatcher.e2e.embedded.Samples.job;
import static dev.smartdispatcher.e2e.embedded.Samples.node;
import static dev.smartdispatcher.e2e.embedded.Samples.pod;
import static dev.smartdispatcher.e2e.embedded.Samples.podOn;
import static dev.smartdispatcher.e2e.embedded.Samples.statusWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Phase;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Creating and replacing: names, namespaces, the status split, generations, and writes that change nothing. */
class WriteTest {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension(ClusterOptions.DEFAULT.withoutScheduler());

    @Test
    void creatingInANamespaceThatDoesNotExistIsNotFound() {
        var lost = configMap("lost", Map.of());
        lost.getMetadata().setNamespace("nowhere");
        assertRefused(404, () -> CLUSTER.client().resource(lost).create())
                .hasMessageContaining("namespaces \"nowhere\" not found");
    }

    @Test
    void theUsualNamespacesAreThere() {
        assertThat(CLUSTER.client().namespaces().list().getItems())
                .extracting(namespace -> namespace.getMetadata().getName())
                .contains("default", "kube-system");
    }

    @Test
    void creatingTwiceIsRefused() {
        CLUSTER.client().resource(configMap("twice", Map.of())).create();
        assertRefused(409, () -> CLUSTER.client()
                        .resource(configMap("twice", Map.of()))
                        .create())
                .hasMessageContaining("configmaps \"twice\" already exists");
    }

    @Test
    void generatedNamesBeginWithWhatWasAskedFor() {
        var unnamed = new ConfigMapBuilder()
                .withNewMetadata()
                .withGenerateName("made-")
                .endMetadata()
                .build();
        assertThat(CLUSTER.client().resource(unnamed).create().getMetadata().getName())
                .matches("made-[a-z0-9]{5}");
    }

    @Test
    void namesAndLabelsThatKubernetesDoesNotAllowAreInvalid() {
        assertRefused(422, () -> CLUSTER.client()
                        .resource(configMap("Upper", Map.of()))
                        .create())
                .hasMessageContaining("ConfigMap \"Upper\" is invalid: metadata.name: Invalid value: \"Upper\"");
        var labelled = configMap("labelled", Map.of());
        labelled.getMetadata().setLabels(Map.of("job", "x".repeat(64)));
        assertRefused(422, () -> CLUSTER.client().resource(labelled).create())
                .hasMessageContaining("metadata.labels")
                .hasMessageContaining("must be no more than 63 bytes");
    }

    @Test
    void statusIsDroppedAtCreation() {
        var ready = job("dropped");
        ready.setStatus(statusWith(Phase.Complete));
        assertThat(CLUSTER.client().resource(ready).create().getStatus()).isNull();
    }

    @Test
    void aNodeKeepsTheStatusItRegistersWith() {
        var created = CLUSTER.client().resource(node("registered", "4", "8Gi")).create();
        assertThat(created.getStatus().getAllocatable()).containsKey("cpu");
    }

    @Test
    void aPodIsBornPending() {
        var created = CLUSTER.client().resource(pod("born")).create();
        assertThat(created.getStatus().getPhase()).isEqualTo("Pending");
        assertThat(created.getStatus().getQosClass()).isEqualTo("BestEffort");
        assertThat(created.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(30);
    }

    @Test
    void puttingAPodWithoutStatusKeepsItsStatus() {
        CLUSTER.client().resource(podOn("n1", "kept")).create();
        CLUSTER.client().pods().withName("kept").editStatus(pod -> {
            pod.getStatus().setPhase("Running");
            return pod;
        });
        var bare = CLUSTER.client().pods().withName("kept").get();
        bare.setStatus(null);
        bare.getMetadata().setLabels(Map.of("seen", "yes"));
        assertThat(CLUSTER.client().resource(bare).update().getStatus().getPhase())
                .isEqualTo("Running");
    }

    @Test
    void puttingTheStatusLeavesTheSpecAlone() {
        var job = CLUSTER.client().resource(job("status-only", "  args: [a]\n")).create();
        var changed = Samples.job("status-only", "  args: [b]\n");
        changed.getMetadata().setResourceVersion(job.getMetadata().getResourceVersion());
        changed.setStatus(statusWith(Phase.Running));
        var after = CLUSTER.client().resource(changed).updateStatus();
        assertThat(after.getSpec().args()).containsExactly("a");
        assertThat(after.getStatus().phase()).isEqualTo(Phase.Running);
    }

    @Test
    void generationGrowsWithTheSpecOnly() {
        var jobs = CLUSTER.client().resources(BuildJob.class).inNamespace("default");
        var job = CLUSTER.client().resource(job("generations")).create();
        assertThat(job.getMetadata().getGeneration()).isEqualTo(1);
        job.setStatus(statusWith(Phase.Running));
        CLUSTER.client().resource(job).updateStatus();
        jobs.withName("generations").edit(j -> {
            j.getMetadata().setLabels(Map.of("a", "b"));
            return j;
        });
        assertThat(jobs.withName("generations").get().getMetadata().getGeneration())
                .isEqualTo(1);
        jobs.withName("generations")
                .patch(
                        io.fabric8.kubernetes.client.dsl.base.PatchContext.of(
                                io.fabric8.kubernetes.client.dsl.base.PatchType.JSON_MERGE),
                        "{\"spec\":{\"priority\":5}}");
        assertThat(jobs.withName("generations").get().getMetadata().getGeneration())
                .isEqualTo(2);
    }

    @Test
    void aWriteThatChangesNothingIsNoWrite() {
        var job = CLUSTER.client().resource(job("same")).create();
        assertThat(CLUSTER.client().resource(job).update().getMetadata().getResourceVersion())
                .isEqualTo(job.getMetadata().getResourceVersion());
        job.setStatus(statusWith(Phase.Running));
        var running = CLUSTER.client().resource(job).updateStatus();
        assertThat(CLUSTER.client()
                        .resource(running)
                        .updateStatus()
                        .getMetadata()
                        .getResourceVersion())
                .isEqualTo(running.getMetadata().getResourceVersion());
    }

    @Test
    void specOfAPodHardlyChanges() {
        var pod = CLUSTER.client().resource(pod("fixed")).create();
        pod.getSpec().setNodeName("elsewhere");
        assertRefused(422, () -> CLUSTER.client().resource(pod).update())
                .hasMessageContaining("spec: Forbidden: pod updates may not change fields other than");
        pod.getSpec().setNodeName(null);
        pod.getSpec().setActiveDeadlineSeconds(60L);
        assertThat(CLUSTER.client().resource(pod).update().getSpec().getActiveDeadlineSeconds())
                .isEqualTo(60);
    }

    @Test
    void aPodMustMountVolumesThatItHas() {
        var pod = pod("mounts");
        pod.getSpec()
                .getContainers()
                .get(0)
                .getVolumeMounts()
                .add(new io.fabric8.kubernetes.api.model.VolumeMountBuilder()
                        .withName("lists")
                        .withMountPath("/lists")
                        .build());
        assertRefused(422, () -> CLUSTER.client().resource(pod).create())
                .hasMessageContaining("spec.containers[0].volumeMounts[0].name: Not found: \"lists\"");
    }

    @Test
    void anImmutableConfigMapStaysAsItIs() {
        var map = CLUSTER.client()
                .resource(new ConfigMapBuilder(configMap("immutable", Map.of("a", "1")))
                        .withImmutable(true)
                        .build())
                .create();
        map.setData(Map.of("a", "2"));
        assertRefused(422, () -> CLUSTER.client().resource(map).update())
                .hasMessageContaining("data: Forbidden: field is immutable when `immutable` is set");
    }

    @Test
    void kindsThatAreNotServedAreNotFound() {
        // The client answers null to a 404 of a raw GET, and throws on one of a write.
        assertRefused(404, () -> CLUSTER.client().raw("/apis/example.com/v1/things", "POST", Map.of()))
                .hasMessageContaining("the server could not find the requested resource");
    }

    @Test
    void leasesAreReplacedOnlyByWhoKnowsTheirVersion() {
        var lease = CLUSTER.client()
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName("leader")
                        .withNamespace("kube-system")
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity("one")
                        .endSpec()
                        .build())
                .create();
        var theirs = new LeaseBuilder(lease)
                .editSpec()
                .withHolderIdentity("two")
                .endSpec()
                .build();
        CLUSTER.client().resource(theirs).update();
        var mine = new LeaseBuilder(lease)
                .editSpec()
                .withHolderIdentity("one again")
                .endSpec()
                .build();
        assertRefused(409, () -> CLUSTER.client().resource(mine).update());
    }

    @Test
    void podStatusWrittenWithTheObjectIsIgnored() {
        var pod = pod("ignored");
        var status = new PodStatus();
        status.setPhase("Succeeded");
        pod.setStatus(status);
        assertThat(CLUSTER.client().resource(pod).create().getStatus().getPhase())
                .isEqualTo("Pending");
    }
}
