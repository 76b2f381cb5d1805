package dev.smartdispatcher.e2e.chart.options;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/**
 * An option as it is declared, whatever the environment of this process holds.
 *
 * @param name with its dashes
 * @param variable the environment variable that is read where the option is absent
 * @param standard the value where both are absent
 * @param meaning the text of {@code --help}, without the variable
 */
record ProgramOption(String name, Optional<String> variable, Optional<String> standard, String meaning) {
    private static final Pattern DEFAULT = Pattern.compile("\\$\\{env:(\\w+)(?::-(.*))?}");

    /** Those of a command, in their order, without {@code --help} and {@code --version}. */
    static List<ProgramOption> of(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .map(ProgramOption::of)
                .toList();
    }

    /**
     * @throws IllegalArgumentException if the option reads a variable that its description does not name at the end, in
     *     brackets
     */
    private static ProgramOption of(OptionSpec option) {
        var declared = ((AnnotatedElement) option.userObject()).getAnnotation(Option.class);
        var text = String.join(" ", declared.description());
        var name = option.longestName();
        var environment = DEFAULT.matcher(declared.defaultValue());
        if (!environment.matches()) {
            return new ProgramOption(name, Optional.empty(), Optional.empty(), text);
        }
        var variable = environment.group(1);
        var suffix = " [" + variable + "].";
        if (!text.endsWith(suffix)) {
            throw new IllegalArgumentException(name + ": the description does not end with" + suffix);
        }
        return new ProgramOption(
                option.negatable() ? name.replaceFirst("^--", "--[no-]") : name,
                Optional.of(variable),
                Optional.ofNullable(environment.group(2)),
                text.substring(0, text.length() - suffix.length()) + ".");
    }
}
