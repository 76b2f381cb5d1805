package dev.smartdispatcher.cli.smartbuild.option;

import dev.smartdispatcher.cli.output.ObjectText;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a command prints what it has found out. */
public final class AnswerOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "json or yaml, for other programs. Default: text for people.")
    private Format format = Format.text;

    /** Spelled as users type it. */
    enum Format {
        text,
        json,
        yaml
    }

    /** Prints the answer as it is, or as lines for people. */
    public void print(CommandSpec command, Object answer, Supplier<List<String>> lines) {
        ClusterOptions.print(
                command,
                switch (format) {
                    case text -> lines.get();
                    case json -> List.of(ObjectText.json(answer));
                    case yaml -> List.of(ObjectText.yaml(answer));
                });
    }
}
