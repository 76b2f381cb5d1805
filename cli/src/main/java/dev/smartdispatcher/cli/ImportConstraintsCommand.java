package dev.smartdispatcher.cli;

import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.cli.constraints.JobImport;
import dev.smartdispatcher.cli.constraints.JobOptions;
import dev.smartdispatcher.cli.input.SourceFile;
import dev.smartdispatcher.cli.manifest.Manifest;
import dev.smartdispatcher.cli.manifest.ObjectName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes BuildJobs of {@code _constraints} files. */
@Command(
        name = "import-constraints",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        usageHelpWidth = 100,
        description = {
            "Makes BuildJobs of the _constraints of packages in the Open Build Service.",
            "Prints a job for each architecture, of the package and of each package that a condition of an <overwrite>"
                    + " names. What a job cannot say is listed."
        })
final class ImportConstraintsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "_constraints files; each is in a directory with the name of its package, unless --package says"
                            + " otherwise.")
    private List<Path> files;

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            required = true,
            split = ",",
            converter = ArchitectureConverter.class,
            description =
                    "Architectures to build for, by their RPM names: x86_64, i586, aarch64, armv7l, ppc64le, s390x,"
                            + " riscv64, ppc64, armv6l, loongarch64.")
    private List<Architecture> archs;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            required = true,
            description = "Name of the jobs' BuildEnvironment.")
    private String environment;

    @Option(names = "--package", paramLabel = "NAME", description = "The package whose constraints the one file has.")
    private String packageName;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the job; of several jobs, what their names begin with. Default: the package.")
    private String name;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "Namespace of the jobs.")
    private String namespace;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        check();
        var manifests = new ArrayList<Manifest>();
        for (var file : files) {
            var options = new JobOptions(
                    packageName == null ? packageOf(file) : packageName,
                    List.copyOf(new LinkedHashSet<>(archs)),
                    environment,
                    Optional.ofNullable(name),
                    Optional.ofNullable(namespace));
            manifests.addAll(JobImport.read(SourceFile.read(file), options));
        }
        output.print(manifests, spec);
        return 0;
    }

    private void check() {
        if (files.size() > 1 && (packageName != null || name != null)) {
            throw wrong("--package and --name are for one file, and there are " + files.size());
        }
        if (name != null && !ObjectName.isOne(name)) {
            throw wrong(ObjectName.complaint("--name", name));
        }
    }

    private String packageOf(Path file) {
        var directory = file.toAbsolutePath().normalize().getParent();
        if (directory.getFileName() == null
                || ObjectName.of(directory.getFileName().toString()).isEmpty()) {
            throw wrong("--package is missing: the directory of " + file + " has no name that could be a package's");
        }
        return directory.getFileName().toString();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
