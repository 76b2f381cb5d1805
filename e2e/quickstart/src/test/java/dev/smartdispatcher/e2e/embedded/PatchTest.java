package dev.smartdispatcher.e2e.embedded;

import static dev.smartdispatcher.e2e.asserts.Refusals.assertRefused;
import static dev.smartdispatcher.e2e.embedded.Samples.configMap;
import static dev.smartdispatcher.e2e.embedded.Samples.job;
import static dev.smartdispatcher.e2e.embedded.Samples.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.BuildJob;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PatchTest {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension(ClusterOptions.DEFAULT.withoutScheduler());

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final PatchContext STRATEGIC = PatchContext.of(PatchType.STRATEGIC_MERGE);

    @Test
    void mergePatchReplacesLists() {
        CLUSTER.client().resource(job("lists", "  args: [a, b]\n")).create();
        var patched = jobs("lists").patch(MERGE, "{\"spec\":{\"args\":[\"c\"]}}");
        assertThat(patched.getSpec().args()).containsExactly("c");
    }

    @Test
    void mergePatchRemovesWhatIsNull() {
        CLUSTER.client()
                .resource(configMap("nulls", Map.of("a", "1", "b", "2")))
                .create();
        var patched = CLUSTER.client().configMaps().withName("nulls").patch(MERGE, "{\"data\":{\"a\":null}}");
        assertThat(patched.getData()).isEqualTo(Map.of("b", "2"));
    }

    @Test
    void jsonPatchChangesWhatItNames() {
        CLUSTER.client().resource(job("edited", "  args: [a, b]\n")).create();
        var edited = jobs("edited").edit(job -> {
            job.getMetadata().setLabels(Map.of("team", "a"));
            return job;
        });
        assertThat(edited.getMetadata().getLabels()).containsEntry("team", "a");
        assertThat(edited.getSpec().args()).containsExactly("a", "b");
    }

    @Test
    void strategicMergeMergesListsOfABuiltInKindByKey() {
        CLUSTER.client().resource(pod("strategic")).create();
        condition("strategic", "Ready", "False");
        condition("strategic", "PodScheduled", "True");
        condition("strategic", "Ready", "True");
        assertThat(read("strategic").getStatus().getConditions())
                .extracting(c -> c.getType() + "=" + c.getStatus())
                .containsExactly("Ready=True", "PodScheduled=True");
    }

    @Test
    void strategicMergeOfACustomResourceIsUnsupported() {
        CLUSTER.client().resource(job("unsupported")).create();
        assertRefused(415, () -> jobs("unsupported").patch(STRATEGIC, "{\"spec\":{\"args\":[\"c\"]}}"));
    }

    private static Resource<BuildJob> jobs(String name) {
        return CLUSTER.client().resources(BuildJob.class).inNamespace("default").withName(name);
    }

    private static Pod read(String name) {
        return CLUSTER.client().pods().withName(name).get();
    }

    private static void condition(String pod, String type, String status) {
        CLUSTER.client()
                .resource(pod(pod))
                .subresource("status")
                .patch(
                        STRATEGIC,
                        "{\"status\":{\"conditions\":[{\"type\":\"%s\",\"status\":\"%s\"}]}}".formatted(type, status));
    }

    private static ResourceRequirements requests(String cpu, String memory) {
        return new ResourceRequirementsBuilder()
                .addToRequests("cpu", new Quantity(cpu))
                .addToRequests("memory", new Quantity(memory))
                .build();
    }
}
