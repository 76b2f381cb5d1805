package dev.smartdispatcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of threats in docs/security.md: each row has an attacker, an asset, a defence, and tests that there are. */
class ThreatsTest {
    private static final Path PROJECT = SourceTree.root();
    private static final List<String> MODULES =
            List.of("crds", "operator", "node-agent", "e2e/quickstart", "e2e/bench", "e2e/it");
    private static final String JAVA = ".java";
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");
    private static final int TESTS = 4;

    @Test
    void eachIsTriedByTestsThatThereAre() throws IOException {
        var existing = testClasses();
        assertThat(rows()).hasSizeGreaterThan(20).allSatisfy(row -> {
            assertThat(row).hasSize(TESTS + 1).last().asString().isNotBlank();
            assertThat(NAME.matcher(row.get(TESTS)).results().map(name -> name.group(1)))
                    .as(row.toString())
                    .isNotEmpty()
                    .isSubsetOf(existing);
        });
    }

    @Test
    void everyAttackerHasOne() throws IOException {
        assertThat(rows().stream().map(row -> row.get(1)))
                .contains("tenant", "build", "agent token", "node", "sidecar webhook", "admin's mistake");
    }

    /** The cells of each row, the first of which is before the first bar. */
    private static List<List<String>> rows() throws IOException {
        var text = Files.readString(PROJECT.resolve("docs/security.md"));
        var section = Pattern.compile("(?s)\n## Threats\n(.*?)\n## ").matcher(text);
        assertThat(section.find()).isTrue();
        return section.group(1)
                .lines()
                .filter(line -> line.startsWith("| "))
                .filter(line -> !line.startsWith("| attacker ") && !line.startsWith("| --- "))
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .toList();
    }

    private static Set<String> testClasses() throws IOException {
        var classes = new HashSet<String>();
        for (var module : MODULES) {
            try (var files = Files.walk(PROJECT.resolve(module).resolve("src/test/java"))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(JAVA))
                        .forEach(name -> classes.add(name.substring(0, name.length() - JAVA.length())));
            }
        }
        return classes;
    }
}
