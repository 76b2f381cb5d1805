package dev.smartdispatcher.e2e.embedded;

import static dev.smartdispatcher.e2e.asserts.Refusals.assertRefused;
import static dev.smartdispatcher.e2e.embedded.Samples.configMap;
import static dev.smartdispatcher.e2e.embedded.Samples.job;
import static dev.smartdispatcher.e2e.embedded.Samples.statusWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Phase;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApplyTest {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension();

    @Test
    void createsWhatIsNotThere() {
        var applied = apply(configMap("created", Map.of("a", "1")));
        assertThat(applied.getMetadata().getUid()).isNotEmpty();
        assertThat(CLUSTER.cluster().writes().all()).anySatisfy(write -> assertThat(write.name() + " " + write.status())
                .isEqualTo("created 201"));
    }

    @Test
    void mergesIntoWhatIsThere() {
        CLUSTER.client().resource(configMap("merged", Map.of("a", "1"))).create();
        var applied = apply(configMap("merged", Map.of("b", "2")));
        assertThat(applied.getData()).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void applyingTheSameAgainWritesNothing() {
        var first = apply(configMap("idempotent", Map.of("a", "1")));
        var second = apply(configMap("idempotent", Map.of("a", "1")));
        assertThat(second.getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
    }

    @Test
    void takesAwayWhatTheManagerNoLongerApplies() {
        apply(configMap("abandoned", Map.of("a", "1", "b", "2")));
        assertThat(apply(configMap("abandoned", Map.of("b", "2"))).getData()).isEqualTo(Map.of("b", "2"));
    }

    @Test
    void leavesWhatAnotherManagerAppliesToo() {
        apply(configMap("shared", Map.of("a", "1", "b", "2")));
        applyAs("other", configMap("shared", Map.of("a", "1")));
        assertThat(apply(configMap("shared", Map.of("b", "2"))).getData()).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void mergesListsByTheirKeysAndTakesAwayItsOwnItems() {
        CLUSTER.client().resource(job("keys")).create();
        applyConditions("one", "Dispatched", "Running");
        applyConditions("two", "Complete");
        applyConditions("one", "Running");
        assertThat(read("keys").getStatus().conditions())
                .extracting(condition -> condition.type())
                .containsExactlyInAnyOrder("Running", "Complete");
    }

    @Test
    void statusOfAnAbsentObjectIsNotFound() {
        var absent = job("absent");
        absent.setStatus(statusWith(Phase.Running));
        assertRefused(404, () -> applyStatus(absent)).hasMessageContaining("\"absent\" not found");
    }

    @Test
    void statusIsAppliedThroughTheSubresourceOnly() {
        var job = job("split");
        CLUSTER.client().resource(job).create();
        job.setStatus(statusWith(Phase.Running));
        apply(job);
        assertThat(read("split").getStatus()).isNull();
        applyStatus(job);
        assertThat(read("split").getStatus().phase()).isEqualTo(Phase.Running);
    }

    @Test
    void finalizersAreASet() {
        apply(withFinalizer("finalizers", "a.example/one"));
        applyAs("other", withFinalizer("finalizers", "b.example/two"));
        assertThat(finalizersOf("finalizers")).containsExactly("a.example/one", "b.example/two");
        applyAs("other", configMap("finalizers", Map.of()));
        assertThat(finalizersOf("finalizers")).containsExactly("a.example/one");
    }

    private static <T extends HasMetadata> T apply(T object) {
        return applyAs("test", object);
    }

    private static <T extends HasMetadata> T applyAs(String manager, T object) {
        return CLUSTER.client().resource(object).fieldManager(manager).serverSideApply();
    }

    private static void applyStatus(BuildJob job) {
        CLUSTER.client()
                .resource(job)
                .subresource("status")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager("test")
                                .build(),
                        Serialization.asJson(job));
    }

    private static void applyConditions(String manager, String... types) {
        var job = Serialization.jsonMapper()
                .createObjectNode()
                .put("apiVersion", "smartdispatcher.dev/v1alpha1")
                .put("kind", "BuildJob");
        job.putObject("metadata").put("name", "keys");
        var conditions = job.putObject("status").putArray("conditions");
        for (var type : types) {
            conditions
                    .addObject()
                    .put("type", type)
                    .put("status", "True")
                    .put("reason", "Test")
                    .put("lastTransitionTime", "2026-01-01T00:00:00Z");
        }
        CLUSTER.client()
                .resource(job("keys"))
                .subresource("status")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager(manager)
                                .withForce(true)
                                .build(),
                        job.toString());
    }

    private static ConfigMap withFinalizer(String name, String finalizer) {
        var map = configMap(name, Map.of());
        map.getMetadata().getFinalizers().add(finalizer);
        return map;
    }

    private static List<String> finalizersOf(String name) {
        return CLUSTER.client().configMaps().withName(name).get().getMetadata().getFinalizers();
    }

    private static BuildJob read(String name) {
        return CLUSTER.client().resources(BuildJob.class).withName(name).get();
    }
}
