package dev.smartdispatcher.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a command line did.
 *
 * @param status its exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record Run(int status, String out, String err) {
    /** Runs the arguments, each as it is. */
    public static Run of(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var status = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Run(status, out.toString(), err.toString());
    }

    /** Runs a command with the arguments of a text, separated by blanks, and then some as they are. */
    public static Run command(String command, String arguments, String... others) {
        return of(Stream.of(List.of(command), List.of(arguments.strip().split("\\s+")), List.of(others))
                .flatMap(List::stream)
                .toArray(String[]::new));
    }
}
