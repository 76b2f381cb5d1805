package dev.smartdispatcher.e2e.localnode;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a kubelet does to command, args and values of variables: {@code $(NAME)} is replaced by the variable if there is one, and
 * {@code $$} stands for {@code $}. All else stays as it is. Nothing is replaced in what was put in.
 */
final class VariableExpansion {
    private static final Pattern REFERENCE = Pattern.compile("\\$(?:\\(([^)]*)\\)|(.))", Pattern.DOTALL);

    private VariableExpansion() {}

    static String expand(String text, Map<String, String> variables) {
        return REFERENCE
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1) != null
                                ? variables.getOrDefault(match.group(1), match.group())
                                : "$".equals(match.group(2)) ? "$" : match.group()));
    }
}
