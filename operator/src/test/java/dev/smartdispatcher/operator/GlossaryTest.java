package dev.smartdispatcher.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.arch.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The glossary of docs/architecture.md names classes as they are called. */
class GlossaryTest {
    private static final Pattern SECTION = Pattern.compile("(?s)\n## Glossary\n(.*?)\n## ");
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*[a-z])`");
    private static final String JAVA = ".java";

    @Test
    void itsClassesExist() throws IOException {
        var modes = Arrays.stream(Mode.values()).map(Mode::name).toList();
        assertThat(names())
                .hasSizeGreaterThan(20)
                .filteredOn(name -> !modes.contains(name))
                .isSubsetOf(classes());
    }

    private static List<String> names() throws IOException {
        var section = SECTION.matcher(Files.readString(Path.of("../docs/architecture.md")));
        assertThat(section.find()).isTrue();
        return NAME.matcher(section.group(1))
                .results()
                .map(name -> name.group(1))
                .toList();
    }

    private static Set<String> classes() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(JAVA))
                    .map(name -> name.substring(0, name.length() - JAVA.length()))
                    .collect(Collectors.toSet());
        }
    }
}
