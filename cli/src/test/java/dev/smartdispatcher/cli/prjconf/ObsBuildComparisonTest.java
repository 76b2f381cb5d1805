package dev.smartdispatcher.cli.prjconf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.cli.ObsTools;
import dev.smartdispatcher.cli.input.InputException;
import dev.smartdispatcher.cli.input.SourceFile;
import dev.smartdispatcher.cli.manifest.Remarks;
import dev.smartdispatcher.cli.prjconf.ProjectConfig.Listed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from project configs is what obs-build reads from them. */
class ObsBuildComparisonTest {
    private static final List<Architecture> ARCHITECTURES = List.of(Architecture.values());

    private static final List<String> EXPRESSIONS = List.of(
            "8/4/2 == 4",
            "7/2*2 > 1 && 7/2*2 < 2",
            "2 + 3 * 4 == 14",
            "1 - 1 - 1 < 0",
            "1/2",
            "1 || 0 && 0",
            "0 && 0 || 1",
            "2 || 1",
            "(3 || 1) == 3",
            "(0 || \"x\") == \"x\"",
            "5 == \"5\"",
            "0 == \"5\"",
            "\"5\" == 5",
            "\"10\" < \"9\"",
            "10 < 9",
            "v\"1.10\" > v\"1.9\"",
            "v\"1.0~rc1\" < v\"1.0\"",
            "v\"2\" == v\"2\"",
            "v\"1\"",
            "\"0\"",
            "\"\"",
            "!\"\"",
            "00",
            "-1 < 0",
            "!1 == 0",
            "! 0",
            "-(2 - 5) == 3",
            "1 ? 0 : 1",
            "0 ? 1 : 0 ? 0 : 1",
            "(1 ? 7 : 8) == 7",
            "abc == \"abc\"",
            "\"a\" + \"b\" == \"ab\"",
            "1 == 1 == 1",
            "3 > 2 > 1",
            "0%{?undefined_one}",
            "0%{!?undefined_one:1}",
            "\"%undefined_one\" == \"\"",
            "%{defined text} && %{undefined undefined_one}",
            "\"%{?text:yes}\" == \"yes\"",
            "%{with on} && ! %{with off}",
            "\"%{expr:1+2}\" == \"3\"");

    /** Macros, and lines that use them, beside the expressions. */
    private static final String MACROS = String.join(
            "\n",
            "%define text some",
            "%define twice(a:b) %1-%{-a*}-%{-b}-%#-%{?2}",
            "%define nested %{?text:%{text}y}",
            "%global frozen %text",
            "%define text other",
            "%bcond_without on",
            "%bcond_with off",
            "Required: %twice -a x -b one two",
            "Support: %{twice -b three} %nested %frozen %text %{expand:%%text} 100%% %{!?text:no}%{?text}",
            "  Preinstall:  spaced   out  ",
            "PREINSTALL: upper",
            "Preinstall : not-a-keyword",
            "# Preinstall: comment %if",
            "Preinstall: a#b",
            "%if 0",
            "%if this is not evaluated",
            "%else",
            "Preinstall: never",
            "%endif",
            "%else",
            "Preinstall: other-branch",
            "%endif",
            "");

    @TempDir
    private Path directory;

    /** The configs of distributions that obs-build itself ships, for every architecture. */
    @Test
    void distributions() throws IOException, InterruptedException {
        List<Path> files;
        try (var configs = Files.list(ObsTools.buildDirectory().resolve("configs"))) {
            files = configs.filter(file -> file.toString().endsWith(".conf"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(30);
        assertThat(compare(files, ARCHITECTURES)).isGreaterThan(200);
    }

    /** Configs made of conditionals, expressions and macros at random, from seeds that do not change. */
    @Test
    void randomConfigs() throws IOException, InterruptedException {
        var files = new ArrayList<Path>();
        for (int seed = 0; seed < 400; seed++) {
            var file = directory.resolve(seed + ".conf");
            Files.writeString(file, new RandomConfig(seed).text());
            files.add(file);
        }
        assertThat(compare(files, List.of(Architecture.armv7l, Architecture.x86_64)))
                .isGreaterThan(500);
    }

    /** What one would not expect, or only where one knows obs-build. */
    @Test
    void peculiarities() throws IOException, InterruptedException {
        var text = new StringBuilder(MACROS);
        for (int i = 0; i < EXPRESSIONS.size(); i++) {
            text.append("%if ")
                    .append(EXPRESSIONS.get(i))
                    .append("\nRequired: true")
                    .append(i);
            text.append("\n%else\nRequired: false").append(i).append("\n%endif\n");
        }
        var file = Files.writeString(directory.resolve("peculiar.conf"), text);
        assertThat(compare(List.of(file), List.of(Architecture.aarch64))).isEqualTo(1);
    }

    /** Compares what can be evaluated here, and returns how many configs that were. */
    private int compare(List<Path> files, List<Architecture> architectures) throws IOException, InterruptedException {
        var arguments = new ArrayList<String>();
        files.forEach(file -> architectures.forEach(arch -> arguments.addAll(List.of(arch.name(), file.toString()))));
        var configs = ObsTools.perl("lists.pl", arguments).split("(?m)^config ");
        assertThat(configs).hasSize(1 + arguments.size() / 2);
        var softly = new SoftAssertions();
        int compared = 0;
        for (int i = 0; i < configs.length - 1; i++) {
            var arch = Architecture.valueOf(arguments.get(2 * i));
            var file = Path.of(arguments.get(2 * i + 1));
            var theirs = theirs(configs[i + 1]);
            try {
                var ours = ours(ProjectConfig.read(List.of(SourceFile.read(file)), arch, Map.of(), new Remarks()));
                ours.keySet().retainAll(theirs.keySet());
                theirs.keySet().retainAll(ours.keySet());
                softly.assertThat(ours)
                        .as(() -> file + " for " + arch + "\n" + (file.startsWith(directory) ? text(file) : ""))
                        .isEqualTo(theirs);
                compared++;
            } catch (InputException e) {
                softly.assertThat(theirs)
                        .as(e.getMessage())
                        .satisfiesAnyOf(
                                config -> assertThat(config).containsKey("error"),
                                // Older versions say nothing of errors.
                                config -> assertThat(config).doesNotContainKey("onlynative"));
            }
        }
        softly.assertAll();
        return compared;
    }

    private static Map<String, String> ours(ProjectConfig config) {
        var lists = new LinkedHashMap<String, String>();
        for (var listed : Listed.values()) {
            lists.put(listed.name().toLowerCase(Locale.ROOT), names(config, listed));
        }
        lists.put(
                "hostarch",
                config.hostArch().map(h -> String.join(" ", h.words())).orElse(""));
        var substituted = new ArrayList<String>();
        var done = new HashSet<String>();
        for (var listed : List.of(Listed.REQUIRED, Listed.SUPPORT)) {
            config.list(listed).forEach(entry -> TargetLists.substitute(config, entry.name(), done, substituted::add));
        }
        lists.put("substituted", String.join(" ", substituted));
        return lists;
    }

    private static String names(ProjectConfig config, Listed listed) {
        return String.join(
                " ", config.list(listed).stream().map(ProjectConfig.Entry::name).toList());
    }

    private static Map<String, String> theirs(String output) {
        var lists = new LinkedHashMap<String, String>();
        output.lines().skip(1).forEach(line -> {
            var parts = line.split("\t", 2);
            lists.put(parts[0], parts[1]);
        });
        return lists;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
