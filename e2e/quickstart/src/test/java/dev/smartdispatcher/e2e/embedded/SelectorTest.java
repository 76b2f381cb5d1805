package dev.smartdispatcher.e2e.embedded;

import static dev.smartdispatcher.e2e.asserts.Refusals.assertRefused;
import static dev.smartdispatcher.e2e.embedded.Samples.configMap;
import static dev.smartdispatcher.e2e.embedded.Samples.job;
import static dev.smartdispatcher.e2e.embedded.Samples.podOn;
import static dev.smartdispatcher.e2e.embedded.Samples.statusWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Phase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SelectorTest {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension(ClusterOptions.DEFAULT.withoutScheduler());

    @BeforeAll
    static void objects() {
        labelled("plain", Map.of());
        labelled("red", Map.of("colour", "red"));
        labelled("blue", Map.of("colour", "blue", "size", "large"));
        CLUSTER.client().resource(podOn("n1", "one")).create();
        CLUSTER.client().resource(podOn("n2", "two")).create();
        CLUSTER.client().pods().withName("two").editStatus(pod -> {
            pod.getStatus().setPhase("Running");
            return pod;
        });
        CLUSTER.client().resource(job("waiting")).create();
        var running = CLUSTER.client().resource(job("running")).create();
        running.setStatus(statusWith(Phase.Running));
        CLUSTER.client().resource(running).updateStatus();
    }

    @Test
    void labelsAreSelectedByEqualityByMembershipAndByExistence() {
        assertThat(maps("colour=red")).containsExactly("red");
        assertThat(maps("colour!=red,test=selector")).containsExactly("blue", "plain");
        assertThat(maps("colour in (red, blue)")).containsExactly("blue", "red");
        assertThat(maps("colour notin (red),test=selector")).containsExactly("blue", "plain");
        assertThat(maps("colour")).containsExactly("blue", "red");
        assertThat(maps("!colour,test=selector")).containsExactly("plain");
        assertThat(maps("colour in (red,blue),size=large")).containsExactly("blue");
    }

    @Test
    void podsAreSelectedByTheirNode() {
        assertThat(pods("spec.nodeName", "n1")).containsExactly("one");
        assertThat(pods("metadata.name", "two")).containsExactly("two");
        assertThat(pods("status.phase", "Running")).containsExactly("two");
        assertThat(pods("metadata.namespace", "kube-system")).isEmpty();
        assertThat(CLUSTER.client()
                        .pods()
                        .withoutField("status.phase", "Running")
                        .list()
                        .getItems())
                .extracting(pod -> pod.getMetadata().getName())
                .containsExactly("one");
    }

    @Test
    void customResourcesAreSelectedByTheFieldsOfTheirCrd() {
        var jobs = CLUSTER.client().resources(BuildJob.class).inAnyNamespace();
        assertThat(names(jobs.withField("status.phase", "Running").list().getItems()))
                .containsExactly("running");
        assertThat(names(jobs.withField("spec.targetArch", "x86_64").list().getItems()))
                .containsExactly("running", "waiting");
    }

    @Test
    void fieldsThatCannotBeSelectedByAreRefused() {
        assertRefused(400, () -> CLUSTER.client()
                        .resources(BuildJob.class)
                        .inAnyNamespace()
                        .withField("spec.priority", "0")
                        .list())
                .hasMessageContaining("field label not supported: spec.priority");
    }

    private static List<String> maps(String selector) {
        return names(
                CLUSTER.client().configMaps().withLabelSelector(selector).list().getItems());
    }

    private static List<String> pods(String field, String value) {
        return names(CLUSTER.client().pods().withField(field, value).list().getItems());
    }

    private static List<String> names(List<? extends HasMetadata> objects) {
        return objects.stream().map(object -> object.getMetadata().getName()).toList();
    }

    private static void labelled(String name, Map<String, String> labels) {
        var map = configMap(name, Map.of());
        map.getMetadata().setLabels(new HashMap<>(labels));
        map.getMetadata().getLabels().put("test", "selector");
        CLUSTER.client().resource(map).create();
    }
}
