package dev.smartdispatcher.cli.prjconf.macro;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** The macros that are there without a definition and only compute a text. */
final class Builtins {
    private static final Set<String> NAMES = Set.of(
            "defined",
            "undefined",
            "with",
            "without",
            "expr",
            "basename",
            "dirname",
            "suffix",
            "span",
            "quote",
            "shrink",
            "len",
            "lower",
            "upper",
            "reverse",
            "rep",
            "sub",
            "gsub",
            "load");

    private final Predicate<String> isDefined;

    Builtins(Predicate<String> isDefined) {
        this.isDefined = isDefined;
    }

    static boolean has(String name) {
        return NAMES.contains(name);
    }

    /** What a macro of {@link #has} stands for with these arguments, in which macros were expanded. */
    String value(String name, List<String> arguments) {
        var first = arguments.isEmpty() ? "" : arguments.get(0);
        return switch (name) {
            case "defined" -> truth(isDefined.test(first));
            case "undefined" -> truth(!isDefined.test(first));
            case "with" -> truth(isDefined.test("with_" + first));
            case "without" -> truth(!isDefined.test("with_" + first));
            case "expr" -> Expression.value(first);
            case "basename" -> first.substring(first.lastIndexOf('/') + 1);
            case "dirname" -> first.substring(0, first.contains("/") ? first.lastIndexOf('/') : first.length());
            case "suffix" -> first.contains(".") ? first.substring(first.lastIndexOf('.') + 1) : "";
            case "span" -> first;
            case "quote" -> String.join(" ", arguments);
            case "shrink" -> first.strip().replaceAll("[ \\t]+", " ");
            case "len" -> Integer.toString(first.length());
            case "lower" -> first.toLowerCase(Locale.ROOT);
            case "upper" -> first.toUpperCase(Locale.ROOT);
            case "reverse" -> new StringBuilder(first).reverse().toString();
            case "rep" -> first.repeat(Math.max(0, number(name, arguments, 1, 0)));
            case "sub" -> part(first, number(name, arguments, 1, 1), number(name, arguments, 2, -1));
            default -> throw new MacroException("macro %" + name + " is not supported");
        };
    }

    private static String truth(boolean truth) {
        return truth ? "1" : "0";
    }

    /** Characters {@code from} to {@code to}, counted from 1, or from the end if negative. */
    private static String part(String text, int from, int to) {
        int first = Math.max(0, from > 0 ? from - 1 : from < 0 ? text.length() + from : 0);
        int last = to > 0 ? to - 1 : to < 0 ? text.length() + to : 0;
        return first <= last && first < text.length() ? text.substring(first, Math.min(text.length(), last + 1)) : "";
    }

    private static int number(String name, List<String> arguments, int index, int otherwise) {
        if (index >= arguments.size()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(arguments.get(index));
            if (Math.abs((long) number) <= MacroExpansion.MOST_CHARACTERS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, in the words of users.
        }
        throw new MacroException("macro %" + name + ": '" + arguments.get(index) + "' is no number of characters");
    }
}
