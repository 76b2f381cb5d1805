package dev.smartdispatcher.cli.smartbuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command in docs/command-line.md does what the page shows; {@code -Dgolden.update=true} writes the outputs anew. */
class CommandLinePageTest {
    private static final Path PAGE = Path.of("../docs/command-line.md");
    private static final String PROMPT = "    $ kubectl smart-build ";
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|([^ \"]+)");

    @TempDir
    private Path directory;

    @Test
    void theOutputsAreThoseOfTheCommands() throws IOException {
        var shown = Files.readAllLines(PAGE);
        var real = new ArrayList<String>();
        int commands = 0;
        for (int i = 0; i < shown.size(); i++) {
            real.add(shown.get(i));
            if (shown.get(i).startsWith(PROMPT)) {
                commands++;
                output(shown.get(i).substring(PROMPT.length()))
                        .forEach(line -> real.add(("    " + line).stripTrailing()));
                i = end(shown, i);
            }
        }
        if (Boolean.getBoolean("golden.update")) {
            Files.write(PAGE, real);
        }
        assertThat(shown).as("-Dgolden.update=true writes the page anew").isEqualTo(real);
        assertThat(commands).isGreaterThan(10);
    }

    /** The last line of the block: of its lines, those that are empty may be within. */
    private static int end(List<String> lines, int command) {
        int end = command;
        for (int i = command + 1; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.startsWith(PROMPT) || !line.isEmpty() && !line.startsWith("    ")) {
                break;
            }
            if (!line.isEmpty()) {
                end = i;
            }
        }
        return end;
    }

    private List<String> output(String line) throws IOException {
        var words = new ArrayList<String>();
        for (var match = WORD.matcher(line); match.find(); ) {
            words.add(match.group(1) == null ? match.group(2) : match.group(1));
        }
        var said = new ByteArrayOutputStream();
        try (var api = FakeApi.of(Typed.FARM)) {
            api.log(
                    "zlib-17-bbbbb-2",
                    log("checking zlib", "minigzip: test failed", "make: *** [Makefile:171: check] Error 1"));
            api.log("zlib-17-r2-ccccc-2", log("checking zlib", "*** zlib test OK ***"));
            words.add("--kubeconfig=" + api.kubeconfig(directory));
            int status = SmartBuild.commandLine(said, said, Typed.NOON).execute(words.toArray(String[]::new));
            var lines = new ArrayList<>(
                    said.toString(StandardCharsets.UTF_8).lines().toList());
            if (status != 0) {
                lines.add("[exit status " + status + "]");
            }
            return lines;
        }
    }

    static FakeApi.Log log(String... lines) {
        return (query, to) -> {
            for (int i = 0; i < lines.length; i++) {
                to.write(
                        ("2026-12-01T10:30:00.00000000" + i + "Z " + lines[i] + "\n").getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    @Test
    void everyCommandIsOnThePage() throws IOException {
        var page = Files.readString(PAGE);
        var commands = SmartBuild.commandLine(new ByteArrayOutputStream(), new ByteArrayOutputStream(), Typed.NOON)
                .getSubcommands()
                .values();
        assertThat(Arrays.asList(commands.stream()
                        .filter(command ->
                                !command.getCommandSpec().usageMessage().hidden())
                        .map(command -> command.getCommandName())
                        .toArray(String[]::new)))
                .allSatisfy(name -> assertThat(page).contains("smart-build " + name));
    }
}
