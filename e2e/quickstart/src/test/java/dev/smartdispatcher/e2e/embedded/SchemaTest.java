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
                "retry: {onFailure: 20} | spec.retry.onFailure: Invalid value: 20: spec.retry.onFailure in body should be less than"
                        + " or equal to 19",
                "priority: -1001 | spec.priority: Invalid value: -1001: spec.priority in body should be greater than or equal to"
                        + " -1000",
                "priority: high | spec.priority: Invalid value: \"string\": spec.priority in body must be of type integer:"
                        + " \"string\"",
                "expense: Huge | spec.expense: Unsupported value: \"Huge\": supported values: \"Heavy\", \"Light\", \"Normal\"",
                "env: [{name: 1A}] | spec.env[0].name: Invalid value: \"1A\": spec.env[0].name in body should match"
                        + " '^[A-Za-z_][A-Za-z0-9_]*$'",
                "env: [{value: x}] | spec.env[0].name: Required value",
                "env: [{name: A}, {name: A}] | spec.env[1]: Duplicate value: {\"name\":\"A\"}",
                "requires: {modes: [Native, Native]} | spec.requires.modes[1]: Duplicate value: \"Native\"",
                "requires: {modes: [Native, Compat, Cross, Emulated, Native]} | Too many: 5: must have at most 4 items",
                "package: '' | spec.package: Invalid value: \"\": spec.package in body should be at least 1 chars long",
                "resources: {cpuPerProcess: true} | spec.resources.cpuPerProcess: Invalid value: \"boolean\":"
                        + " spec.resources.cpuPerProcess in body must be of type integer,string: \"boolean\""
            })
    void brokenRulesAreNamedAsARealServerNamesThem(String field, String complaint) {
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
    void aMissingFieldIsRequired() {
        assertRefused(
                        422,
                        () -> create(
                                "apiVersion: smartdispatcher.dev/v1alpha1",
                                "kind: BuildJob",
                                "spec: {targetArch: i586}"))
                .hasMessageContaining("spec.environment: Required value");
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
                .hasMessageContaining("status.phase: Unsupported value: \"Sleeping\"");
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
