package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.api.environment.BuildRoot;
import dev.smartdispatcher.operator.workload.Expansion;
import dev.smartdispatcher.operator.workload.Paths;
import dev.smartdispatcher.operator.workload.ResultsDirectory;
import dev.smartdispatcher.operator.workload.install.Builder;
import dev.smartdispatcher.operator.workload.install.InstallPaths;
import dev.smartdispatcher.operator.workload.install.Installation;
import dev.smartdispatcher.operator.workload.install.InstallerArguments;
import dev.smartdispatcher.operator.workload.install.RequiredImage;
import java.util.ArrayList;
import java.util.List;

/**
 * What the entry script is told, before the build's command, and the installer, which comes before the command too. By arguments, since a job may set any variable: none of a job's
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
        if (request.spec().idleDeadlineSeconds() != null) {
            add(
                    arguments,
                    "--idle-deadline",
                    request.spec().idleDeadlineSeconds().toString());
        }
        add(arguments, "--scratch", Paths.BUILD);
        add(arguments, "--scratch", Paths.TMP);
        var required = RequiredImage.of(request.allocation(), request.spec().targetArch(), request.installation());
        add(arguments, "--jobs", request.allocation().parallelism().toString());
        add(arguments, "--image", String.join(",", required.architectures()));
        if (required.is32Bit()) {
            add(arguments, "--personality", "32");
        }
        add(arguments, "--results", PodEnvironment.results(request.spec()));
        if (request.spec().results() != null) {
            var directory = ResultsDirectory.of(request.job().name(), request.attempt());
            add(arguments, "--keep", Paths.CLAIM + "/" + directory);
            add(arguments, "--log-size", Long.toString(request.retention().logBytes()));
            add(
                    arguments,
                    "--failed-results-size",
                    Long.toString(request.retention().failedResultsBytes()));
        }
        request.installation().ifPresent(installation -> install(arguments, request, installation));
        if (request.builder().isAnotherUser()) {
            add(arguments, "--user", Builder.USER_AND_GROUP);
        }
        arguments.add("--");
        request.installation()
                .map(installation -> InstallerArguments.beforeCommand(
                        installation,
                        request.allocation(),
                        request.spec(),
                        PodVolumes.shownInRoot(request),
                        request.scratchBytes()))
                .ifPresent(arguments::addAll);
        // Paths of the job are among them.
        arguments.replaceAll(Expansion::escape);
        return arguments;
    }

    private static void install(List<String> arguments, WorkerPodRequest request, Installation installation) {
        if (installation.isPrepared()) {
            add(arguments, "--clock", Paths.STATE + "/" + InstallPaths.CLOCK);
        } else if (installation.root() == BuildRoot.Directory) {
            add(arguments, "--scratch", InstallPaths.WORK);
        }
        add(arguments, "--install-report", Paths.STATE + "/" + InstallPaths.REPORT);
        if (request.spec().results() != null) {
            add(arguments, "--installed", Paths.STATE + "/" + InstallPaths.INSTALLED);
        }
    }

    private static void add(List<String> arguments, String setting, String value) {
        arguments.add(setting);
        arguments.add(value);
    }
}
