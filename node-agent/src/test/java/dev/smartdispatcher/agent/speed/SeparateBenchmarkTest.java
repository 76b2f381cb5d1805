package dev.smartdispatcher.agent.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Native;
import dev.smartdispatcher.api.worker.facts.SpeedIndex;
import dev.smartdispatcher.threads.DaemonThreads;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeparateBenchmarkTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void itIsMeasuredInAJavaOfItsOwn() throws Exception {
        var speed = new SeparateBenchmark(LONG, SeparateBenchmark.command(classPath())).measure(2);
        assertThat(speed.single()).isPositive();
        assertThat(speed.all()).isGreaterThanOrEqualTo(speed.single() / 2);
    }

    @Test
    void itSaysWhyItMeasuredNothing() throws Exception {
        var command = SeparateBenchmark.command(classPath());
        assertThatThrownBy(() -> new SeparateBenchmark(Duration.ZERO, command).measure(1))
                .isInstanceOf(IOException.class)
                .hasMessage("The machine is too busy to be measured.");
    }

    @Test
    void whatItSaysIsRead() throws IOException {
        assertThat(program("echo speed 69 $(($1 * $2))").measure(2)).isEqualTo(new SpeedIndex(69, 1200));
    }

    @ParameterizedTest
    @CsvSource({
        "exit 137, The measuring program ended with exit code 137.",
        "echo speed 1, The measuring program ended with exit code 0.",
        "echo speed 1 2; exit 3, The measuring program ended with exit code 3.",
        "'echo No unit of work was done.; exit 1', No unit of work was done.",
        "exec >&-; exit 1, The measuring program ended with exit code 1."
    })
    void whateverEndsIsAProblem(String script, String message) {
        assertThatThrownBy(() -> program(script).measure(1))
                .isInstanceOf(IOException.class)
                .hasMessage(message);
    }

    @Test
    void aProgramThatIsNotThereIsAProblem() {
        assertThatThrownBy(() -> new SeparateBenchmark(LONG, List.of("/no/such/java")).measure(1))
                .isInstanceOf(IOException.class);
    }

    /** As when the agent is stopped meanwhile: nothing stays behind. */
    @Test
    void anInterruptedMeasurementEndsItsProgram() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> program("exec sleep 600").measure(1))
                .isInstanceOf(IOException.class)
                .hasMessage("The measurement was interrupted.");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ProcessHandle.current().children().filter(SeparateBenchmarkTest::sleeps))
                .isEmpty();
    }

    private static boolean sleeps(ProcessHandle child) {
        // Killed, and perhaps not yet gone.
        child.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        return child.isAlive();
    }

    private static SeparateBenchmark program(String script) {
        return new SeparateBenchmark(LONG, List.of("/bin/sh", "-c", script, "sh"));
    }

    private static String classPath() throws URISyntaxException {
        var places = new ArrayList<String>();
        for (var type : List.of(SeparateBenchmark.class, SpeedIndex.class, DaemonThreads.class, Native.class)) {
            places.add(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return String.join(":", places);
    }
}
