package dev.smartdispatcher.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EntryConfigMapTest {
    /** Every one that lies beside the entry: a part that is not named there would be missing in all pods. */
    @Test
    void itHoldsTheScriptsAsTheyAreAndNothingElse() throws IOException {
        var scripts = new TreeMap<String, String>();
        try (var files =
                Files.newDirectoryStream(Path.of("src/main/resources/dev/smartdispatcher/operator/workload"), "*.sh")) {
            for (var file : files) {
                scripts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertThat(scripts).containsKey("entry.sh");
        assertThat(EntryConfigMap.of("ns").getData()).isEqualTo(scripts);
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
