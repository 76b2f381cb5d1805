package dev.smartdispatcher.cli.prjconf.macro;

import java.util.regex.Pattern;

/**
 * A use of a macro in a text, as {@code %name}, {@code %{?name:then}} or {@code %[expression]}.
 *
 * @param end where the text after it begins
 * @param name what is used: a name, {@code %} for a percent sign, {@code (} for a program, {@code [} for an expression
 * @param ifDefined whether it stands for nothing if the macro is not defined
 * @param ifUndefined whether it stands for something only if the macro is not defined
 * @param alternative what is after a colon, or the expression; null if there is none
 * @param arguments what is after a blank in braces; null for a use without braces
 */
record MacroCall(int end, String name, boolean ifDefined, boolean ifUndefined, String alternative, String arguments) {
    private static final Pattern BARE = Pattern.compile("[?!]*[0-9a-zA-Z_]+|%|\\*\\*?|#");
    private static final Pattern BRACED = Pattern.compile("(?s)([^\\s:]+)(?:([\\s:])(.*))?");
    private static final Pattern SIGNS = Pattern.compile("^[?!]+");

    /** The use that begins with the percent sign at {@code start}; null if that sign is only itself. */
    static MacroCall at(String text, int start) {
        var next = start + 1 < text.length() ? text.charAt(start + 1) : ' ';
        if (next == '{' && text.indexOf('}', start) > start + 2) {
            return braced(inside(text, start + 1, '{', '}'), start);
        }
        if (next == '(' || next == '[') {
            var inner = next == '[' ? inside(text, start + 1, '[', ']') : "";
            return new MacroCall(start + inner.length() + 3, String.valueOf(next), false, false, inner, "");
        }
        var bare = BARE.matcher(text).region(start + 1, text.length());
        return bare.lookingAt() ? of(bare.end(), bare.group(), null, null) : null;
    }

    private static MacroCall braced(String inner, int start) {
        int end = start + inner.length() + 3;
        var parts = BRACED.matcher(inner);
        if (!parts.matches()) {
            throw new MacroException("macro %{" + inner + "} has no name");
        }
        var rest = parts.group(3);
        return ":".equals(parts.group(2))
                ? of(end, parts.group(1), rest, "")
                : of(end, parts.group(1), null, rest == null ? "" : rest);
    }

    private static MacroCall of(int end, String signed, String alternative, String arguments) {
        var undefined = signed.startsWith("!?") || signed.startsWith("?!");
        var defined = !undefined && (signed.startsWith("?") || signed.startsWith("-"));
        var name = SIGNS.matcher(signed).replaceFirst("");
        return new MacroCall(end, name, defined, undefined, alternative, arguments);
    }

    /** What is between the bracket at {@code open} and the one that closes it; a backslash takes a bracket's meaning away. */
    private static String inside(String text, int open, char opening, char closing) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == opening) {
                depth++;
            } else if (c == closing && --depth == 0) {
                return text.substring(open + 1, i);
            }
        }
        throw new MacroException("macro '" + text.substring(open - 1) + "' is not closed");
    }
}
