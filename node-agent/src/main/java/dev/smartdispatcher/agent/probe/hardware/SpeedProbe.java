package dev.smartdispatcher.agent.probe.hardware;

import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.agent.speed.SpeedFile;
import dev.smartdispatcher.agent.speed.Speedometer;
import dev.smartdispatcher.api.worker.facts.SpeedIndex;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * The speed of the processor, measured once a boot and beside the looks at the machine: the first ones do not tell it yet. A
 * measurement that failed is a problem, and is tried again after some minutes.
 */
public final class SpeedProbe implements Probe {
    private static final Duration TRY_AGAIN = Duration.ofMinutes(5);

    private final HostPaths paths;
    private final Speedometer speedometer;
    private final Optional<SpeedFile> file;
    private final Executor executor;
    private final Clock clock;
    private CompletableFuture<SpeedIndex> measurement;
    private Instant begun;

    /**
     * Nothing is measured before the first look.
     *
     * @param file where the speed is kept for the agent's next start, if anywhere
     * @param executor runs the measurement, which may take minutes on a busy machine
     */
    public SpeedProbe(
            HostPaths paths, Speedometer speedometer, Optional<SpeedFile> file, Executor executor, Clock clock) {
        this.paths = paths;
        this.speedometer = speedometer;
        this.file = file;
        this.executor = executor;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "speedIndex";
    }

    @Override
    public Finding look() throws IOException {
        if (measurement == null || measurement.isCompletedExceptionally() && isDue()) {
            begun = clock.instant();
            measurement = begin();
        }
        if (!measurement.isDone()) {
            return Finding.NOTHING;
        }
        try {
            SpeedIndex speed = measurement.join();
            return draft -> draft.speedIndex(speed);
        } catch (CompletionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        }
    }

    private boolean isDue() {
        Instant now = clock.instant();
        return now.isBefore(begun) || !now.isBefore(begun.plus(TRY_AGAIN));
    }

    private CompletableFuture<SpeedIndex> begin() throws IOException {
        String boot =
                paths.textIfAny("/proc/sys/kernel/random/boot_id").orElse("").strip();
        Optional<SpeedFile> ofThisBoot = file.filter(f -> !boot.isEmpty());
        Optional<SpeedIndex> known = ofThisBoot.flatMap(f -> f.read(boot));
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known.get());
        }
        int threads = CpuTopology.of(paths).threads();
        return CompletableFuture.supplyAsync(() -> measure(threads, boot, ofThisBoot), executor);
    }

    private SpeedIndex measure(int threads, String boot, Optional<SpeedFile> keep) {
        try {
            SpeedIndex speed = speedometer.measure(threads);
            if (keep.isPresent()) {
                keep.get().write(boot, speed);
            }
            return speed;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
