package dev.smartdispatcher.cli.smartbuild.option;

import dev.smartdispatcher.cli.cluster.Cluster;
import dev.smartdispatcher.cli.output.Paint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which cluster and namespace a command is about, as kubectl's own options say it. */
public final class ClusterOptions {
    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "Default: $KUBECONFIG, or ~/.kube/config.")
    private Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "Context of the kubeconfig. Default: the current one.")
    private String context;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "Namespace of the jobs. Default: the context's.")
    private String namespace;

    /** The cluster; to be closed. */
    public Cluster open() {
        return Cluster.open(
                Optional.ofNullable(kubeconfig), Optional.ofNullable(context), Optional.ofNullable(namespace));
    }

    /** As it was given. */
    public Optional<String> namespace() {
        return Optional.ofNullable(namespace);
    }

    /** Prints lines to standard output. */
    public static void print(CommandSpec command, List<String> lines) {
        var out = command.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }

    /** Tells the user something beside the answer. */
    public static void note(CommandSpec command, String line) {
        command.commandLine().getErr().println(line);
    }

    /** Colours where the answer goes to a terminal that shows them, unless NO_COLOR is set. */
    public static Paint paint() {
        return Paint.of(Ansi.AUTO.enabled());
    }
}
