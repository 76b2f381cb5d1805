package dev.smartdispatcher.operator.workload.pod;

import java.util.ArrayList;
import java.util.List;

/**
 * What the entry script is told, before the build's command. By arguments, since a job may set any variable: none of a job's
 * settings reaches what the entry does for the operator. {@code entry.sh} says what each means.
 */
final class EntryArguments {
    private EntryArguments() {}

    static List<String> of(WorkerPodRequest request) {
        var arguments = new ArrayList<String>();
        add(arguments, "--report", Paths.TERMINATION_LOG);
        add(arguments, "--state", Paths.STATE);
        add(arguments, "--deadline", Integer.toString(request.deadlineSeconds()));
        add(arguments, "--deadline-file", Paths.POD + "/" + Paths.DEADLINE);
        add(arguments, "--scratch", Paths.BUILD);
        add(arguments, "--scratch", Paths.TMP);
        add(arguments, "--results", PodEnvironment.results(request.spec()));
        if (request.spec().results() != null) {
            var directory = ResultsDirectory.of(request.job().name(), request.attempt());
            add(arguments, "--keep", Paths.CLAIM + "/" + directory);
            add(arguments, "--log-size", Long.toString(request.kept().logBytes()));
            add(arguments, "--failed-results-size", Long.toString(request.kept().failedResultsBytes()));
        }
        arguments.add("--");
        return arguments;
    }

    private static void add(List<String> arguments, String setting, String value) {
        arguments.add(setting);
        arguments.add(value);
    }
}
