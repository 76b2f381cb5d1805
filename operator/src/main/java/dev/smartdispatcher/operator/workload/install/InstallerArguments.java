package dev.smartdispatcher.operator.workload.install;

import dev.smartdispatcher.api.environment.BuildRoot;
import dev.smartdispatcher.api.environment.Installer;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.workload.EntryConfigMap;
import dev.smartdispatcher.operator.workload.Paths;
import dev.smartdispatcher.operator.workload.cache.CacheMounts;
import dev.smartdispatcher.operator.workload.cache.CacheVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command lines of the installer. {@code install.sh} says what each setting means. */
public final class InstallerArguments {
    private static final long MIB = 1L << 20;

    private final Installation installation;
    private final Allocation allocation;
    private final BuildJobSpec spec;
    private final List<String> arguments = new ArrayList<>();

    private InstallerArguments(Installation installation, Allocation allocation, BuildJobSpec spec) {
        this.installation = installation;
        this.allocation = allocation;
        this.spec = spec;
        arguments.add("/bin/sh");
        arguments.add(Paths.ENTRY + "/" + EntryConfigMap.INSTALLER);
    }

    /**
     * Of the init container: installs, and ends.
     *
     * @param cache of prepared roots, if there is one
     * @param image of the container: another one makes other roots
     */
    public static List<String> prepare(
            Installation installation,
            Allocation allocation,
            BuildJobSpec spec,
            Optional<CacheVolume> cache,
            String image) {
        var line = new InstallerArguments(installation, allocation, spec);
        line.install();
        cache.ifPresent(volume -> {
            line.add("--cache", CacheMounts.ROOTS);
            line.add("--cache-size", Long.toString(volume.part()));
            line.add("--image-digest", image);
        });
        return line.arguments;
    }

    /**
     * Before the build's command: installs and becomes the command, or enters the prepared root.
     *
     * @param shown the pod's directories that the command sees
     * @param diskBytes size of the scratch disk
     */
    public static List<String> beforeCommand(
            Installation installation, Allocation allocation, BuildJobSpec spec, List<String> shown, long diskBytes) {
        var line = new InstallerArguments(installation, allocation, spec);
        if (installation.isPrepared()) {
            line.arguments.add("--enter");
            line.add("--root", InstallPaths.ROOT);
            line.add("--mode", allocation.mode().name());
            // Only what keeps the root from being entered goes there.
            line.report();
            line.played();
            if (installation.isPlayed()) {
                shown.forEach(path -> line.add("--bind", path));
            }
        } else {
            line.install();
            line.machine(diskBytes);
        }
        if (Builder.of(line.isolation(), Optional.of(installation)).isAnotherUser()) {
            line.add("--user", Builder.USER_AND_GROUP);
        }
        line.arguments.add("--");
        return line.arguments;
    }

    private void install() {
        add("--installer", installation.installer().name());
        add("--root", installation.root() == BuildRoot.Image ? InstallPaths.IMAGE_ROOT : InstallPaths.ROOT);
        add("--lists", Paths.LISTS);
        add("--repository", InstallPaths.REPOSITORY);
        add("--resolve", installation.resolve().name());
        add("--host-arch", allocation.hostArch());
        add("--target-arch", spec.targetArch());
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
    private void machine(long diskBytes) {
        if (installation.installer() == Installer.ObsBuild && isolation() == JobIsolation.KVM) {
            add("--vm", "kvm");
            add("--vm-memory", Long.toString(Quantities.bytes(allocation.memory()) / MIB));
            add("--vm-disk", Long.toString(diskBytes / MIB));
        }
    }

    private JobIsolation isolation() {
        return spec.requiresOrNothing().isolationOrDefault();
    }

    private void add(String setting, String value) {
        arguments.add(setting);
        arguments.add(value);
    }
}
