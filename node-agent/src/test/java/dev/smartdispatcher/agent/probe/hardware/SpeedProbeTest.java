package dev.smartdispatcher.agent.probe.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartdispatcher.agent.ManualClock;
import dev.smartdispatcher.agent.probe.FactsDraft;
import dev.smartdispatcher.agent.probe.FixtureMachine;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.agent.speed.SpeedFile;
import dev.smartdispatcher.agent.speed.Speedometer;
import dev.smartdispatcher.api.worker.facts.SpeedIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeedProbeTest {
    private static final HostPaths SERVER = FixtureMachine.X86_64_SERVER.paths();

    private final ManualClock clock = new ManualClock();
    private final Queue<Runnable> begun = new ArrayDeque<>();

    @TempDir
    private Path directory;

    private int measured;

    private SpeedIndex measure(int threads) {
        measured++;
        return new SpeedIndex(112, threads * 60);
    }

    private SpeedProbe probe(HostPaths paths, Speedometer speedometer) {
        return new SpeedProbe(paths, speedometer, Optional.of(new SpeedFile(directory)), begun::add, clock);
    }

    private static SpeedIndex found(Probe probe) throws IOException {
        FactsDraft draft = new FactsDraft();
        probe.look().addTo(draft);
        return draft.facts(Instant.EPOCH, null).speedIndex();
    }

    @Test
    void noLookWaitsForTheMeasurementAndNoneRepeatsIt() throws IOException {
        SpeedProbe probe = probe(SERVER, this::measure);
        assertThat(found(probe)).isNull();
        assertThat(found(probe)).isNull();
        assertThat(begun).hasSize(1);
        begun.remove().run();
        assertThat(found(probe)).isEqualTo(new SpeedIndex(112, 16 * 60));
        clock.advance(Duration.ofDays(1));
        assertThat(found(probe)).isNotNull();
        assertThat(measured).isEqualTo(1);
    }

    @Test
    void aFailureIsToldUntilItIsTriedAgain() throws IOException {
        boolean[] busy = {true};
        SpeedProbe probe = probe(SERVER, threads -> {
            if (busy[0]) {
                throw new IOException("The machine is too busy to be measured.");
            }
            return measure(threads);
        });
        found(probe);
        begun.remove().run();
        assertThatThrownBy(() -> found(probe)).hasMessage("The machine is too busy to be measured.");
        assertThat(begun).isEmpty();
        busy[0] = false;
        clock.advance(Duration.ofMinutes(5));
        assertThat(found(probe)).isNull();
        begun.remove().run();
        assertThat(found(probe)).isNotNull();
    }

    @Test
    void theNextAgentOfTheSameBootReadsIt() throws IOException {
        HostPaths machine = booted("one");
        found(probe(machine, this::measure));
        begun.remove().run();
        assertThat(found(probe(machine, this::measure))).isEqualTo(new SpeedIndex(112, 120));
        assertThat(found(probe(booted("two"), this::measure))).isNull();
        assertThat(measured).isEqualTo(1);
    }

    private HostPaths booted(String boot) throws IOException {
        Path root = directory.resolve("host");
        write(root.resolve("proc/sys/kernel/random/boot_id"), boot + "\n");
        write(root.resolve("sys/devices/system/cpu/online"), "0-1\n");
        return new HostPaths(root);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
