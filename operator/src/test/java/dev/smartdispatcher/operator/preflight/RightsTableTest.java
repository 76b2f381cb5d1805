package dev.smartdispatcher.operator.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of rights in docs/security.md names exactly the rights in the files, each once. */
class RightsTableTest {
    private static final Path DOCUMENT = Path.of("../docs/security.md");
    private static final Path AGENT = Path.of("../helm/smart-dispatcher/rights/node-agent.yaml");

    @Test
    void theTableHasTheRightsOfTheFiles() throws IOException {
        var agent = Serialization.unmarshal(Files.readString(AGENT), ClusterRole.class);
        var operator = Stream.concat(
                ShippedRoles.clusterWide().stream(),
                ShippedRoles.election("smart-dispatcher", "smart-dispatcher").stream());
        var inFiles = Stream.concat(
                        operator.map(right -> "operator: " + withoutScope(right)),
                        agent.getRules().stream().flatMap(Right::of).map(right -> "node agent: " + withoutScope(right)))
                .toList();
        assertThat(inTable()).containsExactlyInAnyOrderElementsOf(inFiles);
    }

    @Test
    void aRightSaysWhatItIs() {
        assertThat(ShippedRoles.clusterWide())
                .extracting(Right::toString)
                .contains("list nodes (cluster-wide)", "update buildjobs.smartdispatcher.dev/status (cluster-wide)");
        assertThat(ShippedRoles.election("farm", "leader"))
                .extracting(Right::toString)
                .contains(
                        "create leases.coordination.k8s.io (namespace farm)",
                        "get leases.coordination.k8s.io leader (namespace farm)");
    }

    private static Stream<String> inTable() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| operator |") || line.startsWith("| node agent |"))
                .flatMap(line -> {
                    var cells = line.split("\\|");
                    return Arrays.stream(cells[3].split(","))
                            .map(verb -> cells[1].strip() + ": " + verb.strip() + " "
                                    + cells[2].strip().replace("`", ""));
                });
    }

    private static String withoutScope(Right right) {
        return right.toString().replaceFirst(" \\(.*\\)$", "");
    }
}
