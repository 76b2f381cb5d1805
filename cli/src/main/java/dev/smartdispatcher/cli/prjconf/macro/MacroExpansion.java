package dev.smartdispatcher.cli.prjconf.macro;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Expands the macros of one line. A line within a definition changes the macros and stands for nothing. */
public final class MacroExpansion {
    /** Of a line after its expansion. */
    static final int MOST_CHARACTERS = 64 << 10;
    /** Macros that one line uses in all; the same number as obs-build's. */
    private static final int MOST_USES = 1000;

    private static final int MOST_LEVELS = 100;

    private static final Pattern DEFINITION = Pattern.compile("(?s)\\s*([0-9a-zA-Z_]+)(?:\\(([^)]*)\\))?\\s*(.*)");

    private final Macros macros;
    private final Builtins builtins;
    private int uses;
    private int levels;

    private MacroExpansion(Macros macros) {
        this.macros = macros;
        this.builtins = new Builtins(macros::has);
    }

    /** The line with its macros expanded; a {@link MacroException} says what cannot be. */
    public static String of(String line, Macros macros) {
        return new MacroExpansion(macros).expand(line);
    }

    private String expand(String text) {
        if (++levels > MOST_LEVELS) {
            throw new MacroException("macros are nested more than " + MOST_LEVELS + " levels deep");
        }
        var result = new StringBuilder();
        int position = 0;
        while (position < text.length()) {
            int percent = text.indexOf('%', position);
            var call = percent < 0 ? null : MacroCall.at(text, percent);
            if (call == null) {
                int end = percent < 0 ? text.length() : percent + 1;
                result.append(text, position, end);
                position = end;
                continue;
            }
            if (++uses > MOST_USES) {
                throw new MacroException("more than " + MOST_USES + " macros are used; one may use itself");
            }
            result.append(text, position, percent);
            position = use(call, text, percent, result);
            if (result.length() > MOST_CHARACTERS) {
                throw new MacroException("macros make more than " + MOST_CHARACTERS + " characters");
            }
        }
        levels--;
        return result.toString();
    }

    /** Appends what the use stands for, and returns where the text continues. */
    private int use(MacroCall call, String text, int start, StringBuilder result) {
        switch (call.name()) {
            case "%" -> result.append('%');
            case "(" -> throw new MacroException("%(...) runs a program, which is not done here");
            case "[" -> result.append(Expression.value(expand(call.alternative())));
            case "define", "global" -> {
                return define(call, text);
            }
            case "dnl" -> {
                int end = text.indexOf('\n', call.end());
                return end < 0 ? text.length() : end + 1;
            }
            default -> {
                return isThere(call.name())
                        ? useDefined(call, text, result)
                        : useUndefined(call, text.substring(start, call.end()), result);
            }
        }
        return call.end();
    }

    private boolean isThere(String name) {
        return macros.has(name) || Builtins.has(name) || name.equals("expand") || BuildConditions.has(name);
    }

    private int define(MacroCall call, String text) {
        var bare = call.arguments() == null;
        var definition = DEFINITION.matcher(bare ? text.substring(call.end()) : call.arguments());
        if (definition.matches()) {
            var body = definition.group(3);
            macros.define(
                    definition.group(1),
                    new Macro(definition.group(2), call.name().equals("global") ? expand(body) : body));
        }
        return bare ? text.length() : call.end();
    }

    private int useUndefined(MacroCall call, String written, StringBuilder result) {
        if (call.ifUndefined()) {
            result.append(call.alternative() == null ? "" : expand(call.alternative()));
        } else if (!call.ifDefined()) {
            result.append(written);
        }
        return call.end();
    }

    private int useDefined(MacroCall call, String text, StringBuilder result) {
        if (call.ifUndefined()) {
            return call.end();
        }
        var macro = macros.get(call.name());
        if (macro != null && !macro.takesArguments() && !Builtins.has(call.name())) {
            result.append(expand(call.ifDefined() && call.alternative() != null ? call.alternative() : macro.body()));
            return call.end();
        }
        var takesLine = call.arguments() == null && call.alternative() == null;
        int end = takesLine ? lineEnd(text, call.end()) : call.end();
        var arguments = call.alternative() != null
                ? List.of(expand(call.alternative()))
                : words(expand(takesLine ? text.substring(call.end(), end) : call.arguments()));
        result.append(value(call.name(), macro, arguments));
        return end;
    }

    private String value(String name, Macro macro, List<String> arguments) {
        if (name.equals("expand")) {
            return arguments.isEmpty() ? "" : expand(arguments.get(0));
        }
        if (BuildConditions.has(name)) {
            BuildConditions.apply(name, arguments, macros);
            return "";
        }
        if (Builtins.has(name)) {
            return builtins.value(name, arguments);
        }
        var before = macros.exchange(MacroArguments.of(name, macro.options(), arguments));
        var value = expand(macro.body());
        macros.exchange(before);
        return value;
    }

    private static int lineEnd(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private static List<String> words(String text) {
        return Stream.of(text.strip().split("\\s+")).filter(w -> !w.isEmpty()).toList();
    }
}
