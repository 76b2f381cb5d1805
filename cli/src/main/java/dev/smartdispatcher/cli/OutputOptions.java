package dev.smartdispatcher.cli;

import dev.smartdispatcher.cli.manifest.Format;
import dev.smartdispatcher.cli.manifest.Manifest;
import dev.smartdispatcher.cli.manifest.ManifestPrinter;
import dev.smartdispatcher.cli.manifest.Remarks;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How commands that make objects print them. */
final class OutputOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "yaml",
            description = "yaml or json. JSON has no comments, so remarks are on standard error alone.")
    private Format format;

    /** Prints the objects to standard output, and their remarks, each once, to standard error. */
    void print(List<Manifest> manifests, CommandSpec command) {
        var remarks = new Remarks();
        manifests.forEach(manifest -> remarks.addAll(manifest.remarks()));
        var errors = command.commandLine().getErr();
        remarks.inOrder().forEach(remark -> errors.println(remark.sentence()));
        errors.flush();
        new ManifestPrinter(command.commandLine().getOut()).print(manifests, format);
    }
}
