package dev.smartdispatcher.cli;

import dev.smartdispatcher.api.environment.Installer;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.cli.input.SourceFile;
import dev.smartdispatcher.cli.manifest.ObjectName;
import dev.smartdispatcher.cli.prjconf.EnvironmentImport;
import dev.smartdispatcher.cli.prjconf.EnvironmentOptions;
import dev.smartdispatcher.cli.prjconf.EnvironmentOptions.Installation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a BuildEnvironment of project configs. */
@Command(
        name = "import-prjconf",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        usageHelpWidth = 100,
        description = {
            "Makes a BuildEnvironment of project configs of the Open Build Service.",
            "Evaluates the configs for each target, and prints the lists that all targets have, with rules for what"
                    + " depends on the target or the worker. What an environment cannot say is listed."
        })
final class ImportPrjconfCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Project configs; each continues the one before it, so the base system comes first.")
    private List<Path> files;

    @Option(names = "--image", paramLabel = "IMAGE", required = true, description = "Image of worker pods.")
    private String image;

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            split = ",",
            converter = ArchitectureConverter.class,
            description =
                    "Targets, by their RPM names: x86_64, i586, aarch64, armv7l, ppc64le, s390x, riscv64, ppc64, armv6l, loongarch64. Default:"
                            + " all.")
    private List<Architecture> targets = List.of(Architecture.values());

    @Option(
            names = "--host-arch",
            paramLabel = "ARCH",
            split = ",",
            converter = ArchitectureConverter.class,
            description = "Architectures of workers, for rules that depend on them. Default: all, and for cross builds"
                    + " what HostArch says.")
    private List<Architecture> hosts = List.of();

    @Option(
            names = {"-D", "--define"},
            paramLabel = "NAME=VALUE",
            description = "Macros that OBS defines itself, as _repository=standard and _project=home:me.")
    private Map<String, String> defines = new LinkedHashMap<>();

    @Option(names = "--vm", description = "Builds run in virtual machines: VMInstall is preinstalled too.")
    private boolean virtualMachine;

    @Option(
            names = "--repository",
            paramLabel = "CLAIM",
            description =
                    "PersistentVolumeClaim with the packages, from which the installer installs the lists and what"
                            + " they require. Without it, the lists are files for the build.")
    private String repository;

    @Option(
            names = "--installer",
            paramLabel = "INSTALLER",
            defaultValue = "ObsBuild",
            description = "With --repository, who installs: ObsBuild, Rpm or Deb.")
    private Installer installer;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the environment. Default: of the last file.")
    private String name;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        var options = new EnvironmentOptions(
                checkedName(),
                image,
                List.copyOf(new LinkedHashSet<>(targets)),
                List.copyOf(new LinkedHashSet<>(hosts)),
                defines,
                virtualMachine,
                installation());
        var sources = files.stream().map(SourceFile::read).toList();
        output.print(List.of(EnvironmentImport.read(sources, options)), spec);
        return 0;
    }

    private Optional<Installation> installation() {
        if (installer == Installer.None) {
            throw new ParameterException(
                    spec.commandLine(), "--installer None is what an environment without --repository has");
        }
        return Optional.ofNullable(repository).map(claim -> new Installation(installer, claim));
    }

    private String checkedName() {
        if (name == null) {
            var file = files.get(files.size() - 1).getFileName().toString();
            var derived = ObjectName.of(file.replaceFirst("\\.conf$", ""));
            if (derived.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "--name is missing: " + file + " gives no name");
            }
            return derived;
        }
        if (!ObjectName.isOne(name)) {
            throw new ParameterException(spec.commandLine(), ObjectName.complaint("--name", name));
        }
        return name;
    }
}
