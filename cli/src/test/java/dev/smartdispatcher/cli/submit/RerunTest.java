package dev.smartdispatcher.cli.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RerunTest {
    @ParameterizedTest
    @CsvSource({"zlib, zlib-r2", "zlib-r2, zlib-r3", "zlib-r9, zlib-r10", "r2, r2-r2", "zlib-r0, zlib-r0-r2"})
    void aRerunIsNamedAfterTheFirst(String name, String next) {
        assertThat(Rerun.next(name)).isEqualTo(next);
    }

    @Test
    void aNameOfFullLengthLeavesRoomForTheNumber() {
        assertThat(Rerun.next("a".repeat(52))).isEqualTo("a".repeat(49) + "-r2");
        assertThat(Rerun.next("a".repeat(49) + "-r9")).isEqualTo("a".repeat(48) + "-r10");
    }

    @Test
    void whatBecameOfTheFirstIsNotInTheSecond() {
        var again = Rerun.of(Serialization.unmarshal("""
                        apiVersion: smartdispatcher.dev/v1alpha1
                        kind: BuildJob
                        metadata:
                          name: a
                          uid: u
                          resourceVersion: "7"
                          labels: {x: y}
                          ownerReferences: [{name: owner, uid: o, kind: Pod, apiVersion: v1}]
                          annotations: {kubectl.kubernetes.io/last-applied-configuration: "{}", mine: kept}
                        spec: {environment: e, cancelled: true, suspend: true, unknown: {kept: too}}
                        status: {phase: Failed}
                        """, GenericKubernetesResource.class), "a-r2");
        assertThat(Serialization.asYaml(again)).isEqualTo("""
                ---
                apiVersion: "smartdispatcher.dev/v1alpha1"
                kind: "BuildJob"
                metadata:
                  annotations:
                    mine: "kept"
                  labels:
                    x: "y"
                  name: "a-r2"
                spec:
                  environment: "e"
                  unknown:
                    kept: "too"
                """);
    }
}
