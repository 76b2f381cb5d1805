package dev.smartdispatcher.e2e.chart.options;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** docs/options.md: a section for each program, with a table of its options. */
final class OptionsPage {
    private static final Path FILE = SourceTree.file("docs/options.md");

    private OptionsPage() {}

    /** What the page should have as the table of a program. */
    static List<String> expected(Program program) throws IOException {
        var lines = new ArrayList<>(List.of(
                "| option | environment variable | default | in the chart | meaning |",
                "| --- | --- | --- | --- | --- |"));
        for (var option : program.options()) {
            lines.add("| " + code(option.name()) + " | "
                    + option.variable().map(OptionsPage::code).orElse("") + " | "
                    + option.standard().map(OptionsPage::code).orElse("") + " | "
                    + inChart(program, option) + " | " + option.meaning() + " |");
        }
        return lines;
    }

    /** The table that the page has in the section of a program. */
    static List<String> actual(Program program) throws IOException {
        var lines = Files.readAllLines(FILE);
        return lines.subList(first(lines, program), end(lines, program));
    }

    /** Puts the expected table in place of the one that is there. */
    static void update(Program program) throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(FILE));
        var table = lines.subList(first(lines, program), end(lines, program));
        table.clear();
        table.addAll(expected(program));
        Files.write(FILE, lines);
    }

    private static int first(List<String> lines, Program program) {
        var section = lines.indexOf("## " + program.title);
        if (section < 0) {
            throw new AssertionError(FILE + " has no section " + program.title);
        }
        var line = section + 1;
        while (line < lines.size() && !lines.get(line).startsWith("|")) {
            line++;
        }
        return line;
    }

    private static int end(List<String> lines, Program program) {
        var line = first(lines, program);
        while (line < lines.size() && lines.get(line).startsWith("|")) {
            line++;
        }
        return line;
    }

    private static String inChart(Program program, ProgramOption option) throws IOException {
        var variables = program.variables();
        var name = option.variable().orElse("");
        if (!variables.containsKey(name)) {
            return "";
        }
        var value = program.valueKey(name).map(key -> program.values + "." + key);
        return code(value.orElseGet(() -> fixed(variables, name)));
    }

    private static String fixed(Map<String, JsonNode> variables, String name) {
        var field = variables.get(name).at("/valueFrom/fieldRef/fieldPath");
        return field.isTextual()
                ? field.asText()
                : variables.get(name).path("value").asText();
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
