package dev.smartdispatcher.agent.speed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.worker.facts.SpeedIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeedFileTest {
    @TempDir
    private Path directory;

    @Test
    void isOfOneBoot() throws IOException {
        assertThat(new SpeedFile(directory).read("a")).isEmpty();
        new SpeedFile(directory).write("a", new SpeedIndex(112, 940));
        assertThat(new SpeedFile(directory).read("a")).contains(new SpeedIndex(112, 940));
        assertThat(new SpeedFile(directory).read("b")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "boot=a", "boot=a\nwork=1\nsingle=x\nall=1", "boot=a\nwork=1\nsingle=0\nall=1", "\\u00"})
    void whatCannotBeReadIsNotThere(String text) throws IOException {
        Files.writeString(directory.resolve("speed-index.properties"), text);
        assertThat(new SpeedFile(directory).read("a")).isEmpty();
    }

    @Test
    void whatOtherWorkGaveDoesNotCompare() throws IOException {
        new SpeedFile(directory).write("a", new SpeedIndex(112, 940));
        Path file = directory.resolve("speed-index.properties");
        Files.writeString(file, Files.readString(file).replace("work=1", "work=0"));
        assertThat(new SpeedFile(directory).read("a")).isEmpty();
    }
}
