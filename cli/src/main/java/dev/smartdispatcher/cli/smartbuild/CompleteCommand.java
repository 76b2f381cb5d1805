package dev.smartdispatcher.cli.smartbuild;

import dev.smartdispatcher.cli.cluster.Cluster;
import dev.smartdispatcher.cli.cluster.ClusterException;
import dev.smartdispatcher.cli.cluster.Farm;
import dev.smartdispatcher.cli.cluster.Jobs;
import dev.smartdispatcher.cli.smartbuild.option.ClusterOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * Completes a word, as kubectl asks a plugin: the words after the plugin's name, of which the last is to be completed and may be
 * empty. The answer is a word a line, and at the end what the shell should do besides (Cobra's directives).
 */
@Command(name = CompleteCommand.NAME, hidden = true)
final class CompleteCommand implements Callable<Integer> {
    static final String NAME = "__complete";

    /** The shell offers the names of files. */
    private static final String FILES = ":0";
    /** It does not. */
    private static final String NO_FILES = ":4";

    private static final Set<String> OF_JOBS = Set.of("get", "why", "wait", "logs", "again", "cancel");
    private static final Set<String> OF_WORKERS = Set.of("drain", "undrain");

    @ParentCommand
    private SmartBuild smartBuild;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*")
    private List<String> words = new ArrayList<>(List.of(""));

    @Override
    public Integer call() {
        var typed = words.get(words.size() - 1);
        var before = words.subList(0, words.size() - 1);
        var command = before.isEmpty() ? null : commands().get(before.get(0));
        var lines = new ArrayList<String>();
        boolean files = false;
        if (command == null) {
            lines.addAll(visible());
        } else if (typed.startsWith("-")) {
            command.getCommandSpec().options().stream()
                    .filter(option -> !option.hidden())
                    .map(option -> option.longestName())
                    .forEach(lines::add);
        } else {
            var value = valueOf(command, before.get(before.size() - 1));
            value.map(CompleteCommand::candidates).ifPresent(lines::addAll);
            files = value.filter(option -> option.paramLabel().equals("FILE")).isPresent();
            if (value.isEmpty()) {
                lines.addAll(names(before));
            }
        }
        ClusterOptions.print(
                spec,
                Stream.concat(
                                lines.stream()
                                        .filter(line -> line.startsWith(typed))
                                        .sorted(),
                                Stream.of(files ? FILES : NO_FILES))
                        .toList());
        return 0;
    }

    private Map<String, CommandLine> commands() {
        return spec.parent().subcommands();
    }

    private List<String> visible() {
        return commands().values().stream()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .map(CommandLine::getCommandName)
                .toList();
    }

    /** The option that the word before is, if it wants a value. */
    private static Optional<OptionSpec> valueOf(CommandLine command, String word) {
        return Optional.ofNullable(command.getCommandSpec().findOption(word))
                .filter(option -> option.arity().max() > 0);
    }

    private static List<String> candidates(OptionSpec option) {
        return option.type().isEnum()
                ? Stream.of(option.type().getEnumConstants())
                        .map(Object::toString)
                        .toList()
                : List.of();
    }

    private List<String> names(List<String> before) {
        boolean jobs = OF_JOBS.contains(before.get(0));
        if (!jobs && !OF_WORKERS.contains(before.get(0))) {
            return List.of();
        }
        try (var cluster = cluster(before)) {
            return jobs
                    ? new Jobs(cluster).names()
                    : new Farm(cluster).workers(worker -> worker.getMetadata().getName());
        } catch (ClusterException e) {
            // Nobody wants a message in the middle of a line.
            return List.of();
        }
    }

    private static Cluster cluster(List<String> before) {
        return Cluster.open(
                value(before, Set.of("--kubeconfig")).map(Path::of),
                value(before, Set.of("--context")),
                value(before, Set.of("-n", "--namespace")));
    }

    private static Optional<String> value(List<String> before, Set<String> option) {
        for (int i = 0; i < before.size(); i++) {
            var word = before.get(i);
            if (option.contains(word) && i + 1 < before.size()) {
                return Optional.of(before.get(i + 1));
            }
            int equals = word.indexOf('=');
            if (equals > 0 && option.contains(word.substring(0, equals))) {
                return Optional.of(word.substring(equals + 1));
            }
        }
        return Optional.empty();
    }
}
