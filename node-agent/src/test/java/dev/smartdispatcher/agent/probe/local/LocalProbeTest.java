package dev.smartdispatcher.agent.probe.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.agent.ManualClock;
import dev.smartdispatcher.agent.probe.FactsDraft;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProbeTest {
    private static final String DIRECTORY = "/etc/smart-dispatcher/features.d";

    @TempDir
    Path host;

    private final ManualClock clock = new ManualClock();
    private Path features;

    @BeforeEach
    void makeDirectory() throws IOException {
        features = Files.createDirectories(host.resolve(DIRECTORY.substring(1)));
    }

    private void file(String name, String... lines) throws IOException {
        Files.write(features.resolve(name), List.of(lines));
    }

    private AgentFacts look() throws IOException {
        FactsDraft draft = new FactsDraft();
        new LocalProbe(new HostPaths(host), DIRECTORY, clock).look().addTo(draft);
        return draft.facts(clock.instant(), null);
    }

    private List<String> problems() throws IOException {
        AgentFacts facts = look();
        assertThat(facts.problems()).extracting(Problem::probe).containsOnly("local");
        return facts.problems().stream().map(Problem::message).toList();
    }

    @Test
    void factsAreNamesWithValues() throws IOException {
        file("site", "# of the site", "", "rack = a", "loops=8", " ssd ", "path=/srv=1");
        file(".hidden", "hidden=1");
        assertThat(look().local()).isEqualTo(Map.of("rack", "a", "loops", "8", "ssd", "true", "path", "/srv=1"));
        assertThat(look().problems()).isEmpty();
    }

    @Test
    void thereNeedNotBeADirectory() throws IOException {
        Files.delete(features);
        assertThat(look().local()).isEmpty();
        assertThat(look().problems()).isEmpty();
    }

    @Test
    void factsBelowAnExpiryTimeEndThenUpToTheNext() throws IOException {
        file(
                "a",
                "for-ever=1",
                "# +expiry-time=2026-12-01T08:31:00Z",
                "short=1",
                "# +expiry-time=2026-12-01T09:00:00Z",
                "long=1");
        assertThat(look().local()).containsOnlyKeys("for-ever", "short", "long");
        clock.advance(Duration.ofMinutes(1));
        assertThat(look().local()).containsOnlyKeys("for-ever", "long");
        clock.advance(Duration.ofHours(1));
        assertThat(look().local()).containsOnlyKeys("for-ever");
    }

    @Test
    void belowAnExpiryTimeThatCannotBeReadNothingCounts() throws IOException {
        file("a", "before=1", "# +expiry-time=tomorrow", "after=1");
        assertThat(look().local()).containsOnlyKeys("before");
        assertThat(problems())
                .containsExactly(
                        "a line 2: 'tomorrow' is not a time as 2026-12-01T08:30:00Z: the facts below it do not count.");
    }

    @Test
    void aBadLineCostsItself() throws IOException {
        file("a", "good=1", "-bad=1", "long=" + "x".repeat(129), "tab=a\tb", "fine=2");
        assertThat(look().local()).isEqualTo(Map.of("good", "1", "fine", "2"));
        assertThat(problems())
                .containsExactly(
                        "a line 2: '-bad' is no name of a fact: at most 63 letters, digits, -, _ and ., with a letter or"
                                + " digit at both ends.",
                        "a line 3: the value of long has more than 128 characters, or others than printable ASCII.",
                        "a line 4: the value of tab has more than 128 characters, or others than printable ASCII.");
    }

    @Test
    void ofANameThatIsStatedTwiceTheFirstValueCounts() throws IOException {
        file("10-a", "rack=a");
        file("20-b", "rack=b");
        assertThat(look().local()).isEqualTo(Map.of("rack", "a"));
        assertThat(problems()).containsExactly("20-b line 1: rack is stated already: the first value counts.");
    }

    @Test
    void numbersAndSizesAreBounded() throws IOException {
        file("a", IntStream.range(0, 75).mapToObj(i -> "fact" + i + "=1").toArray(String[]::new));
        Files.write(features.resolve("b"), new byte[LocalProbe.LARGEST_FILE + 1]);
        Files.createDirectory(features.resolve("c"));
        assertThat(look().local()).hasSize(AgentFacts.MOST_LOCAL);
        assertThat(problems())
                .hasSize(LocalProbe.MOST_PROBLEMS + 1)
                .contains("a line 65: fact64 is one more than the 64 facts that a worker may have.")
                .endsWith("There are " + (11 + 2 - LocalProbe.MOST_PROBLEMS) + " more problems.");
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws IOException {
        Files.write(features.resolve("b"), new byte[LocalProbe.LARGEST_FILE + 1]);
        Files.createDirectory(features.resolve("c"));
        Files.createSymbolicLink(features.resolve("d"), Path.of("nowhere"));
        assertThat(problems())
                .containsExactly(
                        "b cannot be read: it has more than 65536 bytes.",
                        "c cannot be read: it is not a regular file.",
                        "d cannot be read: it is not a regular file.");
    }

    @Test
    void noMoreFilesThanABoundAreRead() throws IOException {
        for (int i = 0; i < LocalProbe.MOST_FILES + 1; i++) {
            file("f%02d".formatted(i), "f" + i + "=1");
        }
        assertThat(look().local()).hasSize(LocalProbe.MOST_FILES).doesNotContainKey("f" + LocalProbe.MOST_FILES);
        assertThat(problems()).containsExactly(DIRECTORY + " has 33 files, of which only the first 32 are read.");
    }

    /** Whatever a file holds, what comes of it can be written to the API. */
    @Test
    void whateverAFileHolds() throws IOException {
        var pieces = List.of(
                "rack",
                "=",
                "=",
                "\n",
                "\n",
                "# +expiry-time=",
                "2026-12-02T00:00:00Z",
                "\0",
                "\r",
                "ü",
                "-",
                " ",
                "x".repeat(70));
        for (long seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var text = random.ints(random.nextInt(60), 0, pieces.size())
                    .mapToObj(pieces::get)
                    .collect(Collectors.joining());
            Files.writeString(features.resolve("a"), text, StandardCharsets.UTF_8);
            var facts = look();
            assertThat(facts.local().size()).as("seed %d", seed).isLessThanOrEqualTo(AgentFacts.MOST_LOCAL);
            assertThat(facts.local().keySet())
                    .as("seed %d", seed)
                    .allMatch(name -> name.matches("[A-Za-z0-9][-A-Za-z0-9_.]{0,62}"));
            assertThat(facts.local().values())
                    .as("seed %d", seed)
                    .allMatch(value -> value.length() <= AgentFacts.LONGEST_VALUE && value.matches("[ -~]*"));
            assertThat(facts.problems()).as("seed %d", seed).hasSizeLessThanOrEqualTo(LocalProbe.MOST_PROBLEMS + 1);
        }
    }
}
