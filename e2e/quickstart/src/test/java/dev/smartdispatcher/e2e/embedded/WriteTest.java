package dev.smartdispatcher.e2e.embedded;

import static dev.smartdispatcher.e2e.embedded.Samples.job;
import static dev.smartdispatcher.e2e.embedded.Samples.pod;
import static dev.smartdispatcher.e2e.embedded.Samples.podOn;
import static dev.smartdispatcher.e2e.embedded.Samples.statusWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Phase;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Creating and replacing: names, namespaces, the status split, generations, and writes that change nothing. */
class WriteTest {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension(ClusterOptions.DEFAULT.withoutScheduler());

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
    void statusIsDroppedAtCreation() {
        var ready = job("dropped");
        ready.setStatus(statusWith(Phase.Complete));
        assertThat(CLUSTER.client().resource(ready).create().getStatus()).isNull();
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
}
