package dev.smartdispatcher.operator.workload.install;

import dev.smartdispatcher.api.environment.BuildRoot;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the image of a build has to be, which follows from its mode.
 *
 * @param architectures of the image's programs, the one that fits best first; with any other the build would run in another mode
 * @param is32Bit whether the build has to see a 32-bit machine, even if the kernel is a 64-bit one: whoever asks {@code uname}
 *     would otherwise build for that
 */
public record RequiredImage(List<String> architectures, boolean is32Bit) {

    /** Of an attempt, whose packages are installed so. */
    public static RequiredImage of(Allocation allocation, String targetArch, Optional<Installation> installation) {
        var host = Architecture.of(allocation.hostArch()).orElseThrow();
        var target = Architecture.of(targetArch).orElseThrow();
        var required = of(allocation.mode(), host, target);
        return installation.filter(how -> how.root() == BuildRoot.Directory).isPresent()
                ? required.onlyInstalling(host)
                : required;
    }

    /** The build has a root of its own: from the image only the installer runs, which may be any that the host runs. */
    RequiredImage onlyInstalling(Architecture host) {
        var any = Stream.concat(hosts(host), architectures.stream()).distinct().toList();
        return new RequiredImage(any, is32Bit);
    }

    static RequiredImage of(Mode mode, Architecture host, Architecture target) {
        return switch (mode) {
            case Native -> new RequiredImage(names(host), host.is32Bit());
            // Of the host's if its compilers know both.
            case Compat -> new RequiredImage(names(target, host), target.is32Bit());
            // A 64-bit machine may serve as a 32-bit one, and run the compilers of either.
            case Cross -> new RequiredImage(hosts(host).toList(), host.is32Bit());
            // The emulator says itself what machine it is.
            case Emulated -> new RequiredImage(names(target), false);
        };
    }

    private static Stream<String> hosts(Architecture host) {
        return Stream.concat(Stream.of(host), host.wider().stream()).flatMap(RequiredImage::told);
    }

    private static List<String> names(Architecture... architectures) {
        return Stream.of(architectures).flatMap(RequiredImage::told).distinct().toList();
    }

    /** What the header of a program says: those for ARMv6 say the same as those for ARMv7. */
    private static Stream<String> told(Architecture architecture) {
        return architecture == Architecture.armv6l
                ? Stream.of(architecture.name(), Architecture.armv7l.name())
                : Stream.of(architecture.name());
    }
}
