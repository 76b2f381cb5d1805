package dev.smartdispatcher.e2e.embedded;

import static dev.smartdispatcher.e2e.asserts.Refusals.assertRefused;
import static dev.smartdispatcher.e2e.embedded.Samples.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Custom resources have to be what their CRD says, and are made so as far as it says how. */
class SchemaTest {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "retry: {onFailure: 20} | spec.retry.onFailure: Invalid value: 20: maximum 19",
                "priority: high | spec.priority: Invalid value: \"high\": type \"integer\"",
                "expense: Huge | spec.expense: Invalid value: \"Huge\": enum [",
                "env: [{value: x}] | spec.env[0].name: Required value",
                "env: [{name: A}, {name: A}] | spec.env[1]: Duplicate value: {\"name\":\"A\"}",
                "requires: {modes: [Native, Native]} | spec.requires.modes[1]: Duplicate value: \"Native\"",
                "resources: {cpuPerProcess: true} | spec.resources.cpuPerProcess: Invalid value: true: type"
            })
    void aRefusalNamesFieldValueAndRule(String field, String complaint) {
        assertRefused(
                        422,
                        () -> create(
                                "apiVersion: smartdispatcher.dev/v1alpha1",
                                "kind: BuildJob",
                                "spec: {targetArch: i586, environment: e, " + field + "}"))
                .hasMessageContaining("BuildJob.smartdispatcher.dev \"generic\" is invalid: ")
                .hasMessageContaining(complaint);
    }

    @Test
    void severalComplaintsAreListedWithTheirCauses() {
        assertRefused(
                        422,
                        () -> create(
                                "apiVersion: smartdispatcher.dev/v1alpha1",
                                "kind: BuildJob",
                                "spec: {targetArch: i586, environment: e, priority: 2000, expense: Huge}"))
                .hasMessageContaining("is invalid: [spec.expense: ")
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(
                                e.getStatus().getDetails().getCauses())
                        .extracting(cause -> cause.getField())
                        .containsExactly("spec.expense", "spec.priority"));
    }

    @Test
    void intOrStringIsEither() {
        CLUSTER.client()
                .resource(job("either-int", "  resources: {cpuPerProcess: 2}\n"))
                .create();
        CLUSTER.client()
                .resource(job("either-string", "  resources: {cpuPerProcess: 500m}\n"))
                .create();
    }

    @Test
    void updatesAreValidatedToo() {
        CLUSTER.client().resource(job("later")).create();
        assertRefused(422, () -> CLUSTER.client()
                .resource(job("later"))
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"priority\":1001}}"));
        assertRefused(422, () -> CLUSTER.client()
                        .resource(job("later"))
                        .subresource("status")
                        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"phase\":\"Sleeping\"}}"))
                .hasMessageContaining("status.phase: Invalid value: \"Sleeping\"");
    }

    @Test
    void unknownFieldsArePruned() {
        var created = create("metadata: {name: pruned}", "spec: {environment: e, targetArch: i586, foo: {bar: 1}}");
        assertThat(created.<Object>get("spec", "foo")).isNull();
        assertThat(created.<Object>get("spec", "environment")).isEqualTo("e");
    }

    @Test
    void strictValidationRefusesUnknownFields() {
        var strict = generic("metadata: {name: strict}", "spec: {environment: e, targetArch: i586, foo: 1}");
        assertRefused(400, () -> CLUSTER.client()
                        .resource(strict)
                        .fieldValidation(io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation.STRICT)
                        .create())
                .hasMessageContaining("strict decoding error: unknown field \"spec.foo\"");
    }

    @Test
    void defaultsAreSetWhereTheirParentIs() {
        var bare = create("metadata: {name: bare}", "spec: {environment: e, targetArch: i586}");
        assertThat(bare.<Object>get("spec", "workingDir")).isEqualTo("/build");
        assertThat(bare.<Object>get("spec", "parallelism")).isNull();
        var parent =
                create("metadata: {name: parent}", "spec: {environment: e, targetArch: i586, parallelism: {max: 4}}");
        assertThat(parent.<Object>get("spec", "parallelism", "min")).isEqualTo(1);
    }

    private static GenericKubernetesResource create(String... lines) {
        return CLUSTER.client().resource(generic(lines)).create();
    }

    private static GenericKubernetesResource generic(String... lines) {
        var yaml = String.join("\n", lines);
        return Serialization.unmarshal(
                (yaml.contains("kind:")
                                ? "metadata: {name: generic}\n"
                                : "apiVersion: smartdispatcher.dev/v1alpha1\nkind: BuildJob\n")
                        + yaml,
                GenericKubernetesResource.class);
    }
}
