package dev.smartdispatcher.cli.prjconf;

import dev.smartdispatcher.cli.input.InputException;
import dev.smartdispatcher.cli.manifest.Remarks;
import dev.smartdispatcher.cli.prjconf.macro.Expression;
import dev.smartdispatcher.cli.prjconf.macro.MacroException;
import dev.smartdispatcher.cli.prjconf.macro.MacroExpansion;
import dev.smartdispatcher.cli.prjconf.macro.Macros;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a project config for one target: evaluates conditionals and expands macros line by line, as obs-build does. */
final class DirectiveReader {
    private static final Pattern BRANCH = Pattern.compile("(?s)\\s*%(else|endif|elifarch|elifos|elif)\\b(.*)");
    private static final Pattern IF = Pattern.compile("(?s)\\s*%(ifn?arch|ifn?os|if)\\b(.*)");
    private static final Pattern ANY_IF = Pattern.compile("(?s)\\s*%if.*");
    private static final Pattern MACRO_LEFT = Pattern.compile("%\\{?[a-zA-Z_][a-zA-Z0-9_]*\\}?");
    private static final String BLOCK_OF_MACROS = "macros";

    private final Macros macros;
    private final Remarks remarks;
    private final OpenConditionals conditionals = new OpenConditionals();
    private final List<Directive> directives = new ArrayList<>();

    private DirectiveReader(Macros macros, Remarks remarks) {
        this.macros = macros;
        this.remarks = remarks;
    }

    /** The directives that hold for the target of the macros; an {@link InputException} says what cannot be evaluated. */
    static List<Directive> read(List<ConfigLine> lines, Macros macros, Remarks remarks) {
        var reader = new DirectiveReader(macros, remarks);
        for (var line : lines) {
            try {
                reader.read(line);
            } catch (MacroException e) {
                throw InputException.at(line.file(), line.number(), e.getMessage());
            }
        }
        if (!reader.conditionals.isEmpty()) {
            var last = lines.get(lines.size() - 1);
            remarks.note(last.file(), last.number(), "%endif is missing; OBS takes the end for it");
        }
        return reader.directives;
    }

    private void read(ConfigLine line) {
        if (line.verbatim()) {
            if (conditionals.active()) {
                add(line, BLOCK_OF_MACROS, List.of(), "Macros: ... :Macros");
            }
            return;
        }
        if (line.text().strip().startsWith("#")) {
            return;
        }
        var text = conditionals.active() ? expanded(line) : line.text();
        var branch = BRANCH.matcher(text);
        if (branch.matches()) {
            continueBranch(line, branch.group(1), branch.group(2));
        } else if (ANY_IF.matcher(text).matches()) {
            conditionals.begin(() -> holds(line, text));
        } else if (conditionals.active()) {
            directive(line, text);
        }
    }

    private void continueBranch(ConfigLine line, String keyword, String condition) {
        if (conditionals.isEmpty()) {
            remarks.note(line.file(), line.number(), "%" + keyword + " without %if");
        }
        switch (keyword) {
            case "endif" -> conditionals.end();
            case "else" -> conditionals.otherwise();
            // What was skipped until here was not expanded.
            default -> conditionals.otherwiseIf(() -> holds(line, "%" + keyword.substring(2) + expand(condition)));
        }
    }

    private boolean holds(ConfigLine line, String text) {
        var condition = IF.matcher(text);
        if (!condition.matches()) {
            throw new MacroException("'" + text.strip() + "' is no condition");
        }
        var of = condition.group(2);
        return switch (condition.group(1)) {
            case "ifarch" -> isAmong("_target_cpu", of);
            case "ifnarch" -> !isAmong("_target_cpu", of);
            case "ifos" -> isAmong("_target_os", of);
            case "ifnos" -> !isAmong("_target_os", of);
            default -> isTrue(line, of);
        };
    }

    private boolean isTrue(ConfigLine line, String expression) {
        var left = MACRO_LEFT.matcher(expression);
        var hint = left.find() ? left.group() + " is not defined; --define gives it a value" : "";
        if (!hint.isEmpty()) {
            remarks.note(line.file(), line.number(), hint);
        }
        try {
            return Expression.isTrue(expression);
        } catch (MacroException e) {
            throw hint.isEmpty() ? e : new MacroException(e.getMessage() + ": " + hint);
        }
    }

    private boolean isAmong(String macro, String names) {
        return List.of(names.split("\\s+")).contains(macros.body(macro).orElse("unknown"));
    }

    private void directive(ConfigLine line, String text) {
        var words = Stream.of(text.split("\\s+")).filter(w -> !w.isEmpty()).toList();
        if (words.isEmpty()) {
            return;
        }
        var first = words.get(0);
        var keyword =
                first.endsWith(":") ? first.substring(0, first.length() - 1).toLowerCase(Locale.ROOT) : "";
        add(line, keyword, words.subList(1, words.size()), String.join(" ", words));
    }

    private void add(ConfigLine line, String keyword, List<String> words, String text) {
        directives.add(new Directive(keyword, words, text, line.file(), line.number()));
    }

    /** The first line: what a macro of several lines leaves after it is no directive in OBS either. */
    private String expanded(ConfigLine line) {
        var lines = expand(line.text()).split("\\n", 2);
        if (lines.length > 1 && !lines[1].isBlank()) {
            remarks.notCarriedOver(
                    line.file(), line.number(), "what a macro of several lines adds after the first, as in OBS");
        }
        return lines[0];
    }

    private String expand(String text) {
        return text.indexOf('%') < 0 ? text : MacroExpansion.of(text, macros);
    }
}
