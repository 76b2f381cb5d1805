package dev.smartdispatcher.e2e.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.policy.DispatchPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FarmTest {
    @TempDir
    Path directory;

    /** Which it has as soon as it starts, before any manifest of the user's is created. */
    @Test
    void theUsersPolicyCountsThoughTheOperatorHasMadeOne() throws IOException {
        try (var farm = new Farm(Files.createDirectory(directory.resolve("work")), List.of())) {
            farm.apply(policy("made.yaml", "{maxReservedPercent: 10}"));
            assertThat(farm.apply(policy("own.yaml", "{tolerations: [{key: farm/builds, operator: Exists}]}")))
                    .isEmpty();
            assertThat(applied(farm).getSpec().tolerations()).singleElement().satisfies(t -> assertThat(t.key())
                    .isEqualTo("farm/builds"));
        }
    }

    @Test
    void aPolicyThatBreaksARuleIsRefusedWithFileFieldAndRule() throws IOException {
        try (var farm = new Farm(Files.createDirectory(directory.resolve("work")), List.of())) {
            farm.apply(policy("made.yaml", "{}"));
            assertThat(refusal(farm, "{tolerations: [{key: a, operator: Exist}]}"))
                    .startsWith(directory.resolve("own.yaml") + ":1: DispatchPolicy default: ")
                    .contains("spec.tolerations[0].operator", "Equal", "Exists");
            assertThat(refusal(farm, "{toleration: []}")).contains("spec.toleration");
        }
    }

    private String refusal(Farm farm, String spec) throws IOException {
        Optional<String> refused = farm.apply(policy("own.yaml", spec));
        assertThat(refused).isPresent();
        return refused.get();
    }

    private static DispatchPolicy applied(Farm farm) {
        return farm.client().resources(DispatchPolicy.class).withName("default").get();
    }

    private Manifest policy(String name, String spec) throws IOException {
        var file = Files.writeString(
                directory.resolve(name),
                "{apiVersion: smartdispatcher.dev/v1alpha1, kind: DispatchPolicy, metadata: {name: default}, spec: %s}\n"
                        .formatted(spec));
        return Manifests.read(file).get(0);
    }
}
