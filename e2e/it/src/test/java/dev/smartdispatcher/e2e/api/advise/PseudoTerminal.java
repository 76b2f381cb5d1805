package dev.smartdispatcher.e2e.api.advise;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of this class path that runs at a pseudo-terminal, which script(1) of util-linux makes. To be closed, which ends the
 * terminal and with it the program.
 */
final class PseudoTerminal implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process script;
    private final Writer keyboard;
    private final Path screen;
    private int answered;

    private PseudoTerminal(Process script, Path screen) {
        this.script = script;
        this.screen = screen;
        keyboard = script.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts it.
     *
     * @param directory for its class path and its screen
     * @param environment beside this process's own
     */
    static PseudoTerminal run(Path directory, Map<String, String> environment, Class<?> main, String... arguments)
            throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var options = Files.writeString(
                directory.resolve("options"),
                "-cp \"" + System.getProperty("java.class.path") + "\"\n-Xmx64m -XX:TieredStopAtLevel=1\n");
        var words = new ArrayList<>(List.of(java.toString(), "@" + options, main.getName()));
        words.addAll(List.of(arguments));
        var screen = Files.createTempFile(directory, "screen", ".txt");
        var builder = new ProcessBuilder("script", "-qefc", String.join(" ", words), "/dev/null")
                .redirectErrorStream(true)
                .redirectOutput(screen.toFile());
        builder.environment().keySet().removeAll(List.of("KUBECONFIG", "NODE_NAME"));
        builder.environment().putAll(environment);
        return new PseudoTerminal(builder.start(), screen);
    }

    /** Waits until the screen ends with this question, asked after the answer before, and types an answer and Enter. */
    void answer(String question, String answer) throws IOException {
        await(question).atMost(PATIENCE).until(() -> {
            var news = screen().substring(answered);
            return news.contains(question) && news.endsWith("] ");
        });
        answered = screen().length();
        keyboard.write(answer + "\n");
        keyboard.flush();
    }

    /** The end of input in answer to a question: Ctrl-D at the beginning of a line. */
    void hangUp(String question) throws IOException {
        await(question).atMost(PATIENCE).until(() -> screen().substring(answered)
                .contains(question));
        keyboard.write('\u0004');
        keyboard.flush();
    }

    /** Waits for the program's end. Its exit status. */
    int status() throws InterruptedException {
        if (!script.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running:\n" + screen());
        }
        return script.exitValue();
    }

    /** All that was shown, with ends of lines as in a file. */
    String screen() {
        try {
            return Files.readString(screen).replace("\r", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        script.descendants().forEach(ProcessHandle::destroyForcibly);
        script.destroyForcibly();
        keyboard.close();
    }
}
