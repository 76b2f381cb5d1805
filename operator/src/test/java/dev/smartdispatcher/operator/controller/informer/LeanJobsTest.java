package dev.smartdispatcher.operator.controller.informer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.JobVolume;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeanJobsTest {
    private static final String LONG = "x".repeat(LeanJobs.LARGE + 1);

    private final LeanStore<BuildJob> store = LeanJobs.store();

    private BuildJob kept(String spec) {
        return kept(spec, "");
    }

    private BuildJob kept(String spec, String status) {
        var job = Serialization.unmarshal("""
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildJob
            metadata:
              name: j
              namespace: n
              uid: u
              resourceVersion: "7"
              generation: 3
              creationTimestamp: "2026-01-01T00:00:00Z"
              deletionTimestamp: "2026-01-02T00:00:00Z"
              labels: {long: text}
              annotations: {kubectl.kubernetes.io/last-applied-configuration: all, smartdispatcher.dev/problems: none}
              finalizers: [example.org/f]
              managedFields: [{manager: kubectl}]
            spec:
              targetArch: i586
              environment: e
              priority: 5
              requires: {minSpeed: 7}
              results: {claimName: c}
              SPEC
            STATUS
            """.replace("SPEC", spec).replace("STATUS", status), BuildJob.class);
        store.put(store.getKey(job), job);
        return store.get("n/j");
    }

    @Test
    void ofMetadataIsKeptWhichJobItIsAndWhenItCameAndGoes() {
        var meta = kept("args: [a]").getMetadata();
        assertThat(meta.getUid()).isEqualTo("u");
        assertThat(meta.getResourceVersion()).isEqualTo("7");
        assertThat(meta.getGeneration()).isEqualTo(3);
        assertThat(meta.getCreationTimestamp()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(meta.getDeletionTimestamp()).isEqualTo("2026-01-02T00:00:00Z");
        assertThat(meta.getLabels()).isNullOrEmpty();
        assertThat(meta.getAnnotations()).isNullOrEmpty();
        assertThat(meta.getManagedFields()).isNullOrEmpty();
    }

    @Test
    void anOrdinarySpecIsKeptWhole() {
        var job = kept("""
            args: [a]
              env: [{name: A, value: b}]
              volumes: [{name: v, emptyDir: {}}]\
            """);
        assertThat(LeanJobs.isWhole(job)).isTrue();
        assertThat(job.getSpec().args()).containsExactly("a");
        assertThat(job.getSpec().env()).hasSize(1);
        assertThat(job.getSpec().volumes()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "args: [LONG]",
                "command: [LONG]",
                "env: [{name: A, value: LONG}]",
                "volumeMounts: [{name: v, mountPath: /LONG}]"
            })
    void ofALargeSpecIsKeptWhatDecisionsNeed(String large) {
        var job = kept("volumes: [{name: v, emptyDir: {}}]\n  " + large.replace("LONG", LONG));
        assertThat(LeanJobs.isWhole(job)).isFalse();
        assertThat(LeanJobs.problems(job)).isEmpty();
        assertThat(job.toString()).doesNotContain(LONG);
        var spec = job.getSpec();
        assertThat(spec.targetArch()).isEqualTo("i586");
        assertThat(spec.environment()).isEqualTo("e");
        assertThat(spec.priority()).isEqualTo(5);
        assertThat(spec.requires().minSpeed()).isEqualTo(7);
        assertThat(spec.results().claimName()).isEqualTo("c");
    }

    @Test
    void whatIsLeftOutIsCheckedBefore() {
        var job = kept("volumes: [{name: v}]\n  args: [" + LONG + "]");
        assertThat(LeanJobs.problems(job)).containsExactly("spec.volumes: " + JobVolume.ONE_SOURCE);
    }

    @Test
    void aJobThatHasEndedMakesNoPod() {
        var job = kept("args: [a]", "status: {conditions: [{type: Complete, status: 'True', reason: R, message: m}]}");
        assertThat(job.getSpec().args()).isEmpty();
        assertThat(job.getStatus().finished()).isTrue();
    }
}
