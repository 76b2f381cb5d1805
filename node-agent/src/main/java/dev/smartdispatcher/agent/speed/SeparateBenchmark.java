package dev.smartdispatcher.agent.speed;

import dev.smartdispatcher.api.worker.facts.SpeedIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Measures in a Java of its own, which ends with the measurement. Only the compiler that makes the fastest code shows a machine's
 * speed; the agent, which runs for months, needs neither it nor the memory that it takes.
 */
public final class SeparateBenchmark implements Speedometer {
    private static final Pattern MEASURED = Pattern.compile("speed ([0-9]{1,9}) ([0-9]{1,9})\n");
    /** Beyond what the measurement itself may take: to start and to end. */
    private static final Duration START = Duration.ofMinutes(1);
    /** A third of a MiB a thread, of 128 threads. */
    private static final List<String> OPTIONS =
            List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError");

    private static final int LONGEST_ANSWER = 4096;

    private final Duration patience;
    private final List<String> program;

    /**
     * Measures as often as asked.
     *
     * @param patience for one measurement on a machine that has no CPU left for it
     */
    public SeparateBenchmark(Duration patience) {
        this(patience, command(System.getProperty("java.class.path")));
    }

    /** Takes the threads and the seconds of patience as last arguments. */
    SeparateBenchmark(Duration patience, List<String> program) {
        this.patience = patience;
        this.program = List.copyOf(program);
    }

    /** The program: {@code THREADS SECONDS} are its arguments. */
    public static void main(String[] arguments) {
        try {
            var patience = Duration.ofSeconds(Long.parseLong(arguments[1]));
            var speed = new Benchmark(patience).measure(Integer.parseInt(arguments[0]));
            System.out.print("speed " + speed.single() + " " + speed.all() + "\n");
        } catch (IOException e) {
            System.out.print(e.getMessage());
            System.exit(1);
        }
    }

    @Override
    public SpeedIndex measure(int threads) throws IOException {
        var line = new ArrayList<>(program);
        line.addAll(List.of(Integer.toString(threads), Long.toString(patience.toSeconds())));
        var process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var output = process.getInputStream()) {
            process.getOutputStream().close();
            // Little is printed, and nothing waits for its being read.
            if (!process.waitFor(patience.plus(START).toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("The machine is too busy to be measured.");
            }
            return speed(process.exitValue(), new String(output.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The measurement was interrupted.", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static SpeedIndex speed(int code, String answer) throws IOException {
        var measured = MEASURED.matcher(answer);
        if (code == 0 && measured.matches()) {
            return new SpeedIndex(Integer.valueOf(measured.group(1)), Integer.valueOf(measured.group(2)));
        }
        throw new IOException(
                code == 1 && !answer.isBlank()
                        ? answer.strip()
                        : "The measuring program ended with exit code " + code + ".");
    }

    /** A Java with the agent's class path. */
    static List<String> command(String classPath) {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(OPTIONS);
        line.addAll(List.of("-cp", classPath, SeparateBenchmark.class.getName()));
        return line;
    }
}
