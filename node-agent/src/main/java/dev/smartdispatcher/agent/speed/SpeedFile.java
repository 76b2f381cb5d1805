package dev.smartdispatcher.agent.speed;

import dev.smartdispatcher.api.worker.facts.SpeedIndex;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** Keeps the speed of a boot in a file, so that a restart of the agent does not measure it again. */
public final class SpeedFile {
    private static final String NAME = "speed-index.properties";
    private static final String BOOT = "boot";
    private static final String WORK = "work";
    private static final String SINGLE = "single";
    private static final String ALL = "all";
    /** To be raised when the work or its reference changes: what was measured before does not compare. */
    private static final String WORK_VERSION = "1";

    private final Path file;

    public SpeedFile(Path directory) {
        file = directory.resolve(NAME);
    }

    /** What was measured in this boot; empty if nothing was, or it cannot be read. */
    public Optional<SpeedIndex> read(String boot) {
        Properties kept = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            kept.load(in);
            return boot.equals(kept.getProperty(BOOT)) && WORK_VERSION.equals(kept.getProperty(WORK))
                    ? Optional.of(new SpeedIndex(number(kept, SINGLE), number(kept, ALL)))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Keeps what was measured in this boot. */
    public void write(String boot, SpeedIndex speed) throws IOException {
        Properties kept = new Properties();
        kept.setProperty(BOOT, boot);
        kept.setProperty(WORK, WORK_VERSION);
        kept.setProperty(SINGLE, Objects.toString(speed.single()));
        kept.setProperty(ALL, Objects.toString(speed.all()));
        try (OutputStream out = Files.newOutputStream(file)) {
            kept.store(out, null);
        }
    }

    private static int number(Properties kept, String key) {
        int number = Integer.parseInt(kept.getProperty(key, ""));
        if (number < 1) {
            throw new IllegalArgumentException(key + " is not positive");
        }
        return number;
    }
}
