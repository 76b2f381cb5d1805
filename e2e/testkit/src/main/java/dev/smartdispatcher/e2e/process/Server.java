package dev.smartdispatcher.e2e.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A server as a child process that cannot outlive this one: a shell in between kills it when the pipe from here is closed,
 * which the kernel does even where this process is killed. Its output goes to a file.
 */
public final class Server implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** The guard reads the pipe, which says nothing until it ends; where the server ends by itself, so does the guard. */
    private static final String GUARD = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            server=$!
            { read -r _ <&3; kill -KILL "$server"; } &
            guard=$!
            wait "$server"
            status=$?
            kill -KILL "$guard" 2>/dev/null
            exit "$status"
            """;

    private final String name;
    private final Path log;
    private final Process guard;

    private Server(String name, Path log, Process guard) {
        this.name = name;
        this.log = log;
        this.guard = guard;
    }

    /** Starts {@code command}, whose output is added to {@code log}. */
    public static Server start(String name, Path log, Map<String, String> environment, List<String> command) {
        var guarded = new ArrayList<>(List.of("sh", "-c", GUARD, name));
        guarded.addAll(command);
        var builder = new ProcessBuilder(guarded)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return new Server(name, log, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    /**
     * Waits until {@code ready} says so.
     *
     * @throws ServerFailedException if the server ends before, or is not ready after a minute and a half
     */
    public Server awaitReady(BooleanSupplier ready) {
        try {
            await().pollInterval(PAUSE).atMost(PATIENCE).until(() -> {
                if (!guard.isAlive()) {
                    throw new ServerFailedException(
                            name + " ended with status " + guard.exitValue() + ": " + lastWords());
                }
                return ready.getAsBoolean();
            });
        } catch (ConditionTimeoutException e) {
            close();
            throw new ServerFailedException(
                    name + " is not ready after " + PATIENCE.toSeconds() + " s: " + lastWords());
        }
        return this;
    }

    /** The process id of the server itself. */
    public long pid() {
        return guard.children()
                .filter(child -> !child.info().command().orElse("").endsWith("sh"))
                .mapToLong(ProcessHandle::pid)
                .findFirst()
                .orElseThrow(() -> new ServerFailedException(name + " is not running"));
    }

    public boolean isAlive() {
        return guard.isAlive();
    }

    /** Sends the server a signal by its name, as {@code TERM}. */
    public void signal(String signal) {
        try {
            var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new ServerFailedException(signal + " cannot be sent to " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run kill", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The status with which it has ended, 128 and the signal's number where one has ended it; empty if it has not in time. */
    public OptionalInt exitStatus(Duration patience) {
        try {
            return guard.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
                    ? OptionalInt.of(guard.exitValue())
                    : OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    /** Kills it, and returns when it is gone. */
    @Override
    public void close() {
        try {
            guard.getOutputStream().close();
            if (!guard.waitFor(20, TimeUnit.SECONDS)) {
                throw new ServerFailedException(name + " does not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String lastWords() {
        try (Stream<String> lines = Files.lines(log)) {
            var said = lines.filter(line -> !line.isBlank()).reduce("it said nothing", (before, line) -> line);
            return said + " (all of it: " + log + ")";
        } catch (IOException e) {
            return "its output cannot be read: " + e.getMessage();
        }
    }
}
