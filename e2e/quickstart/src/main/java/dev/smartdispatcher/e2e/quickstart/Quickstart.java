package dev.smartdispatcher.e2e.quickstart;

import dev.smartdispatcher.e2e.quickstart.view.LiveScreen;
import dev.smartdispatcher.e2e.quickstart.view.PlainScreen;
import dev.smartdispatcher.e2e.quickstart.view.Report;
import dev.smartdispatcher.e2e.quickstart.view.Screen;
import dev.smartdispatcher.e2e.quickstart.view.Summary;
import dev.smartdispatcher.e2e.quickstart.view.Watcher;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mvn -Pquickstart}: runs the examples, or a user's own manifests, and says what became of each job. */
@Command(name = "quickstart", description = "Runs BuildJobs on an embedded farm.", mixinStandardHelpOptions = true)
public final class Quickstart implements Callable<Integer> {
    @Option(names = "--repository", required = true, description = "The checkout.")
    private Path repository;

    @Option(names = "--manifests", description = "A directory of manifests to run in place of the examples.")
    private String manifests;

    @Option(names = "--work", required = true, description = "Directory for what builds write; emptied.")
    private Path work;

    @Option(names = "--report", required = true, description = "The report, as JSON.")
    private Path report;

    private final PrintStream out = System.out;

    /** Runs, and exits with 0 only if everything went as expected. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Quickstart()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        try {
            var own = manifests != null && !manifests.isBlank();
            var read = Manifests.read(own ? Path.of(manifests) : repository.resolve("examples"));
            clean(work);
            var result = own ? runOwn(read) : runExamples(read);
            result.write(report);
            new Summary(result, out).print(report);
            return result.good() ? 0 : 1;
        } catch (Manifests.BadManifest e) {
            System.err.println("error: " + e.getMessage());
            return 2;
        }
    }

    private Report runExamples(List<Manifest> read) throws IOException, InterruptedException {
        try (var farm = new Farm(work, read);
                var screen = screen();
                var watcher = new Watcher(farm.client(), farm::simulates, screen)) {
            Sources.copy(repository, farm.node().claim("default", "sources"));
            if (Packages.missing().isEmpty()) {
                Packages.make(work.resolve("packages"), farm.node().claim("default", "packages"));
            }
            farm.start();
            var scenario = new Scenario(farm, watcher, read);
            scenario.play();
            return watcher.report(scenario.checks(), scenario.refused());
        }
    }

    private Report runOwn(List<Manifest> read) throws IOException, InterruptedException {
        try (var farm = new Farm(work, read);
                var screen = screen();
                var watcher = new Watcher(farm.client(), farm::simulates, screen)) {
            farm.start();
            var refused = new UserRun(farm, watcher).play(read);
            return watcher.report(List.of(), refused);
        }
    }

    private Screen screen() throws IOException {
        // A console is there only when both ends are a terminal; a dumb one cannot move its cursor.
        if (System.console() == null || "dumb".equals(System.getenv("TERM"))) {
            return new PlainScreen(out);
        }
        return new LiveScreen(TerminalBuilder.builder().system(true).build());
    }

    private static void clean(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var files = Files.walk(directory)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(directory);
    }
}
