package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.api.environment.BuildRoot;
import dev.smartdispatcher.api.environment.Installer;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.workload.EntryConfigMap;
import dev.smartdispatcher.operator.workload.install.InstallPaths;
import dev.smartdispatcher.operator.workload.install.Installation;
import java.util.ArrayList;
import java.util.List;

/** The command lines of the installer. {@code install.sh} says what each setting means. */
final class InstallerArguments {
    private static final long MIB = 1L << 20;

    private final WorkerPodRequest request;
    private final Installation installation;
    private final List<String> arguments = new ArrayList<>();

    private InstallerArguments(WorkerPodRequest request, Installation installation) {
        this.request = request;
        this.installation = installation;
        arguments.add("/bin/sh");
        arguments.add(Paths.ENTRY + "/" + EntryConfigMap.INSTALLER);
    }

    /** Of the init container: installs, and ends. */
    static List<String> prepare(WorkerPodRequest request, Installation installation) {
        var line = new InstallerArguments(request, installation);
        line.install();
        return line.arguments;
    }

    /** Before the build's command: installs and becomes the command, or enters the prepared root. */
    static List<String> beforeCommand(WorkerPodRequest request, Installation installation) {
        var line = new InstallerArguments(request, installation);
        if (installation.isPrepared()) {
            line.arguments.add("--enter");
            line.add("--root", InstallPaths.ROOT);
            line.add("--mode", request.allocation().mode().name());
            // Only what keeps the root from being entered goes there.
            line.report();
            line.played();
            if (installation.isPlayed()) {
                PodVolumes.shownInRoot(request).forEach(path -> line.add("--bind", path));
            }
        } else {
            line.install();
            line.machine();
        }
        if (Builder.of(request).isAnotherUser()) {
            line.add("--user", PodIsolation.USER + ":" + PodIsolation.USER);
        }
        line.arguments.add("--");
        return line.arguments;
    }

    private void install() {
        var allocation = request.allocation();
        add("--installer", installation.installer().name());
        add("--root", installation.root() == BuildRoot.Image ? InstallPaths.IMAGE_ROOT : InstallPaths.ROOT);
        add("--lists", Paths.LISTS);
        add("--repository", InstallPaths.REPOSITORY);
        add("--resolve", installation.resolve().name());
        add("--host-arch", allocation.hostArch());
        add("--target-arch", request.spec().targetArch());
        add("--mode", allocation.mode().name());
        report();
        add("--installed", Paths.STATE + "/" + InstallPaths.INSTALLED);
        played();
    }

    private void report() {
        add("--report", Paths.STATE + "/" + InstallPaths.REPORT);
    }

    private void played() {
        if (installation.isPlayed()) {
            arguments.add("--fakechroot");
        }
    }

    /** A job with a virtual machine is built in one by obs-build, which has all that the allocation gives. */
    private void machine() {
        if (installation.installer() == Installer.ObsBuild
                && request.spec().requiresOrNothing().isolationOrDefault() == JobIsolation.KVM) {
            var allocation = request.allocation();
            add("--vm", "kvm");
            add("--vm-memory", Long.toString(Quantities.bytes(allocation.memory()) / MIB));
            add("--vm-disk", Long.toString(disk() / MIB));
        }
    }

    private long disk() {
        return Quantities.bytes(request.scratch()
                .map(ScratchVolume::size)
                .orElse(request.allocation().disk()));
    }

    private void add(String setting, String value) {
        arguments.add(setting);
        arguments.add(value);
    }
}
