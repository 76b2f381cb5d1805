package dev.smartdispatcher.cli.prjconf;

import dev.smartdispatcher.cli.input.InputException;
import dev.smartdispatcher.cli.input.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Splits project configs into lines: a block of macros, and a definition that goes over several lines, are one. */
final class ConfigLines {
    private static final Pattern BLOCK = Pattern.compile("(?i)\\s*macros:\\s*");
    private static final Pattern BLOCK_END = Pattern.compile("(?i)\\s*:macros\\s*");
    private static final Pattern DEFINITION = Pattern.compile("(?s)\\s*%(?:define|global)\\s.*");
    private static final Pattern OPEN_CONDITION = Pattern.compile("\\s*%\\{[?!]*-?[0-9a-zA-Z_]+:\\s*");

    private ConfigLines() {}

    /** The lines of configs of which each continues the one before it. */
    static List<ConfigLine> of(List<SourceFile> sources) {
        var lines = new ArrayList<ConfigLine>();
        for (var source : sources) {
            read(source, lines);
        }
        return lines;
    }

    private static void read(SourceFile source, List<ConfigLine> lines) {
        var texts = source.text().split("\\r?\\n", -1);
        for (int i = 0; i < texts.length; i++) {
            int first = i;
            var text = new StringBuilder(texts[i]);
            var block = BLOCK.matcher(texts[i]).matches();
            if (block) {
                while (++i < texts.length && !BLOCK_END.matcher(texts[i]).matches()) {
                    text.append('\n').append(texts[i]);
                }
            } else if (DEFINITION.matcher(texts[i]).matches()) {
                while (text.length() > 0 && text.charAt(text.length() - 1) == '\\' && i + 1 < texts.length) {
                    text.setCharAt(text.length() - 1, '\n');
                    text.append(texts[++i]);
                }
            } else if (OPEN_CONDITION.matcher(texts[i]).matches()) {
                throw InputException.at(
                        source.name(), first + 1, "a macro that goes over several lines is not supported");
            }
            lines.add(new ConfigLine(source.name(), first + 1, text.toString(), block));
        }
    }
}
