package dev.smartdispatcher.e2e.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read again. */
class HistoryFileTest {
    @TempDir
    Path directory;

    @Test
    void entriesAreReadAsTheyWereWritten() throws IOException {
        var file = directory.resolve("history.gz");
        var written = List.<Entry>of(
                new Act(1, Act.Kind.Begin, "7", ""),
                new Change(2, 10, "pods", "team/a", new ObjectMapper().readTree("{\"spec\": {\"x\": \"ü\"}}")),
                new Act(3, Act.Kind.ContainerStarted, "job", "pod"),
                new Change(4, 11, "pods", "team/a", null));
        try (var writer = new HistoryFile.Writer(file)) {
            written.forEach(writer::write);
        }
        var read = new ArrayList<Entry>();
        HistoryFile.read(file, read::add);
        assertThat(read).isEqualTo(written);
    }

    @Test
    void historyOfAKilledRunIsSaidToEndEarly() throws IOException {
        var file = directory.resolve("history.gz");
        try (var writer = new HistoryFile.Writer(file)) {
            writer.write(new Act(1, Act.Kind.Begin, "7", ""));
        }
        var bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 9));
        assertThatThrownBy(() -> HistoryFile.read(file, entry -> {})).hasMessageContaining("its run was killed");
    }

    @Test
    void keysOfEtcdSayKindAndName() {
        assertThat(EtcdKey.of("/registry/pods/team/a")).contains(new EtcdKey("pods", "team/a"));
        assertThat(EtcdKey.of("/registry/minions/n")).contains(new EtcdKey("nodes", "n"));
        assertThat(EtcdKey.of("/registry/smartdispatcher.dev/buildjobs/team/a"))
                .contains(new EtcdKey("buildjobs", "team/a"));
        assertThat(EtcdKey.of("/registry/secrets/team/a")).isEmpty();
        assertThat(EtcdKey.of("compact_rev_key")).isEmpty();
    }
}
