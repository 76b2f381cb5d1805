package dev.smartdispatcher.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EntryConfigMapTest {
    @Test
    void itHoldsTheScriptAsItIsAndNothingElse() throws IOException {
        var script = Files.readString(Path.of("src/main/resources/dev/smartdispatcher/operator/workload/entry.sh"));
        assertThat(EntryConfigMap.of("ns").getData())
                .containsOnlyKeys("entry.sh")
                .containsEntry("entry.sh", script);
    }

    @Test
    void itIsTheSameInEveryNamespaceAndCannotBeChanged() {
        var map = EntryConfigMap.of("team-a");
        assertThat(map.getMetadata().getNamespace()).isEqualTo("team-a");
        assertThat(map.getMetadata().getName())
                .isEqualTo(EntryConfigMap.of("team-b").getMetadata().getName());
        assertThat(map.getMetadata().getLabels()).containsEntry(Labels.MANAGED_BY, Labels.OPERATOR);
        assertThat(map.getImmutable()).isTrue();
    }
}
