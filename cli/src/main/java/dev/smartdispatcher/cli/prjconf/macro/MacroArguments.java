package dev.smartdispatcher.cli.prjconf.macro;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The macros that exist only in the body of a macro with arguments: {@code %1}, {@code %*}, {@code %#}, {@code %{-x*}}. */
final class MacroArguments {
    private static final Pattern OPTION = Pattern.compile("(.)(:*)");

    private final Map<String, Macro> macros = new HashMap<>();

    private MacroArguments() {}

    /** Those of a use with these arguments, of which options come first. */
    static Map<String, Macro> of(String name, String options, List<String> arguments) {
        var result = new MacroArguments();
        result.put("0", name);
        result.put("**", String.join(" ", arguments));
        var rest = new ArrayList<>(arguments);
        while (!rest.isEmpty() && rest.get(0).startsWith("-")) {
            var option = rest.remove(0).substring(1);
            if (option.equals("-")) {
                break;
            }
            result.options(option, options, rest);
        }
        result.put("#", Integer.toString(rest.size()));
        for (int i = 0; i < rest.size(); i++) {
            result.put(Integer.toString(i + 1), rest.get(i));
        }
        result.put("*", String.join(" ", rest));
        return result.macros;
    }

    private void options(String letters, String options, List<String> rest) {
        for (int i = 0; i < letters.length(); i++) {
            var name = "-" + letters.charAt(i);
            if (takesValue(letters.charAt(i), options)) {
                var value = letters.substring(i + 1);
                value = value.isEmpty() && !rest.isEmpty() ? rest.remove(0) : value;
                put(name, name + " " + value);
                put(name + "*", value);
                return;
            }
            put(name, name);
        }
    }

    private static boolean takesValue(char letter, String options) {
        var matcher = OPTION.matcher(options);
        while (matcher.find()) {
            if (matcher.group(1).charAt(0) == letter) {
                return !matcher.group(2).isEmpty();
            }
        }
        return false;
    }

    /** Arguments are texts: nothing in them is expanded again. */
    private void put(String name, String text) {
        macros.put(name, new Macro(null, text.replace("%", "%%")));
    }
}
