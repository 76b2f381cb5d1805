package dev.smartdispatcher.e2e.embedded;

import static dev.smartdispatcher.e2e.asserts.Refusals.assertRefused;
import static dev.smartdispatcher.e2e.embedded.Samples.configMap;
import static dev.smartdispatcher.e2e.embedded.Samples.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Phase;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A write that is based on an older state is refused, whatever kind of write it is. */
class ConflictTest {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension();

    private static final String MODIFIED =
            "the object has been modified; please apply your changes to the latest version and try again";

    @Test
    void putWithAStaleVersionIsRefused() {
        var stale = overtaken("put");
        stale.setData(Map.of("mine", "yes"));
        assertRefused(409, () -> CLUSTER.client().resource(stale).update())
                .hasMessageContaining("Operation cannot be fulfilled on configmaps \"put\": " + MODIFIED);
    }

    @Test
    void statusPutWithAStaleVersionIsRefused() {
        var stale = CLUSTER.client().resource(job("status-put")).create();
        inPhase(stale, "status-put");
        stale.setStatus(Samples.statusWith(Phase.Complete));
        assertRefused(409, () -> CLUSTER.client().resource(stale).updateStatus())
                .hasMessageContaining("buildjobs.smartdispatcher.dev \"status-put\": " + MODIFIED);
        assertThat(read("status-put").getStatus().phase()).isEqualTo(Phase.Running);
    }

    @Test
    void mergePatchWithAStaleVersionIsRefused() {
        var stale = overtaken("merge");
        assertRefused(409, () -> CLUSTER.client()
                .resource(stale)
                .patch(PatchContext.of(PatchType.JSON_MERGE), patchAt(stale, "{\"mine\":\"yes\"}")));
    }

    @Test
    void applyWithAStaleVersionIsRefused() {
        var stale = overtaken("apply");
        stale.getMetadata().setManagedFields(null);
        assertRefused(
                409, () -> CLUSTER.client().resource(stale).forceConflicts().serverSideApply());
    }

    /** A ConfigMap as its creator knows it, though somebody has changed it since. */
    private static ConfigMap overtaken(String name) {
        var created =
                CLUSTER.client().resource(configMap(name, Map.of("a", "1"))).create();
        CLUSTER.client()
                .configMaps()
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"theirs\":\"yes\"}}");
        return created;
    }

    private static String patchAt(ConfigMap map, String data) {
        return "{\"metadata\":{\"resourceVersion\":\"" + map.getMetadata().getResourceVersion() + "\"},\"data\":" + data
                + "}";
    }

    private static void inPhase(BuildJob job, String name) {
        CLUSTER.client()
                .resource(job)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"phase\":\"Running\"}}");
        assertThat(read(name).getStatus().phase()).isEqualTo(Phase.Running);
    }

    private static BuildJob read(String name) {
        return CLUSTER.client().resources(BuildJob.class).withName(name).get();
    }
}
