package dev.smartdispatcher.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A release has the rights in the files that are tested by themselves, under its own names, and no others. */
class RightsTest {
    private static final Path RIGHTS = Chart.shipped().directory().resolve("rights");
    private static final String FULL_NAME = "farm-smart-dispatcher";

    private final Rendered rendered = Chart.render();

    static Stream<Rendered.Manifest> files() throws IOException {
        try (var files = Files.list(RIGHTS)) {
            return files.map(RightsTest::read).toList().stream().flatMap(List::stream);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyObjectIsRenderedUnderTheReleasesName(Rendered.Manifest file) {
        var name = file.name().replaceFirst("^smart-dispatcher", FULL_NAME);
        var object = rendered.only(file.kind(), name).content();
        assertThat(object.path("rules")).isEqualTo(renamed(file.content()).path("rules"));
        assertThat(object.path("spec")).isEqualTo(renamed(file.content()).path("spec"));
    }

    @Test
    void componentsHaveNoOtherRoles() {
        assertThat(Stream.of("ClusterRoleBinding", "RoleBinding").flatMap(rendered::ofKind))
                .extracting(binding -> binding.content().at("/subjects/0/name").textValue() + ": "
                        + binding.content().at("/roleRef/kind").textValue() + " "
                        + binding.content().at("/roleRef/name").textValue())
                .containsExactlyInAnyOrder(
                        "farm-smart-dispatcher-operator: ClusterRole farm-smart-dispatcher-operator",
                        "farm-smart-dispatcher-operator: Role farm-smart-dispatcher-operator-lease",
                        "farm-smart-dispatcher-node-agent: ClusterRole farm-smart-dispatcher-node-agent");
        assertThat(rendered.manifests())
                .extracting(Rendered.Manifest::kind)
                .filteredOn(kind -> kind.endsWith("Role") || kind.startsWith("Validating"))
                // Three more are of users.
                .hasSize((int) filesOfRights() + 3);
    }

    @Test
    void accountsAreThoseOfThePods() {
        assertThat(rendered.only("Deployment", "farm-smart-dispatcher-operator")
                        .content()
                        .at("/spec/template/spec/serviceAccountName")
                        .textValue())
                .isEqualTo("farm-smart-dispatcher-operator");
        assertThat(rendered.only("DaemonSet", "farm-smart-dispatcher-node-agent")
                        .content()
                        .at("/spec/template/spec/serviceAccountName")
                        .textValue())
                .isEqualTo("farm-smart-dispatcher-node-agent");
    }

    private static long filesOfRights() {
        try {
            return files().count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a person would replace by hand. */
    private static JsonNode renamed(JsonNode object) {
        return Rendered.parse(object.toString()
                        .replace(
                                "system:serviceaccount:smart-dispatcher:smart-dispatcher-",
                                "system:serviceaccount:" + Chart.NAMESPACE + ":" + FULL_NAME + "-")
                        .replace(
                                "\"resourceNames\":[\"smart-dispatcher\"]", "\"resourceNames\":[\"" + FULL_NAME + "\"]")
                        .replaceFirst("\"policyName\":\"smart-dispatcher", "\"policyName\":\"" + FULL_NAME))
                .manifests()
                .get(0)
                .content();
    }

    private static List<Rendered.Manifest> read(Path file) {
        try {
            return Rendered.parse(Files.readString(file)).manifests();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
