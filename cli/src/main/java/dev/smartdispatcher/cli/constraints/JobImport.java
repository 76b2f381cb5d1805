package dev.smartdispatcher.cli.constraints;

import static dev.smartdispatcher.cli.constraints.ConstraintGrammar.CONDITIONS;
import static dev.smartdispatcher.cli.constraints.ConstraintGrammar.OVERWRITE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.api.ApiGroup;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.cli.input.InputException;
import dev.smartdispatcher.cli.input.SourceFile;
import dev.smartdispatcher.cli.input.XmlElement;
import dev.smartdispatcher.cli.input.XmlReader;
import dev.smartdispatcher.cli.manifest.Manifest;
import dev.smartdispatcher.cli.manifest.ManifestCheck;
import dev.smartdispatcher.cli.manifest.ObjectName;
import dev.smartdispatcher.cli.manifest.Remarks;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes BuildJobs of one {@code _constraints} file: one for each package and architecture that is constrained alike. */
public final class JobImport {
    private final String file;
    private final XmlElement root;
    private final JobOptions options;
    private final Remarks general = new Remarks();

    private JobImport(SourceFile source, JobOptions options) {
        this.file = source.name();
        this.root = XmlReader.read(source);
        this.options = options;
        ConstraintGrammar.check(file, root, general);
    }

    /**
     * The jobs: of the package and then of the packages that conditions name, each for all architectures of the options. An
     * {@link InputException} says what is wrong with the file, or why a job of it would be refused.
     */
    public static List<Manifest> read(SourceFile source, JobOptions options) {
        return new JobImport(source, options).manifests();
    }

    private List<Manifest> manifests() {
        unreachable();
        var manifests = new ArrayList<Manifest>();
        for (var packageName : packages()) {
            for (var arch : options.archs()) {
                manifests.add(manifest(packageName, arch));
            }
        }
        unequalNames(manifests);
        return manifests;
    }

    private void unequalNames(List<Manifest> manifests) {
        var names = new HashSet<String>();
        for (var manifest : manifests) {
            var job = manifest.object().at("/metadata/name").asText();
            if (!names.add(job)) {
                throw InputException.of(file, "two packages give the job's name " + job + "; use --name");
            }
        }
    }

    private Set<String> packages() {
        var packages = new LinkedHashSet<String>();
        packages.add(options.packageName());
        conditions("package").map(XmlElement::text).forEach(packages::add);
        return packages;
    }

    private Stream<XmlElement> conditions(String name) {
        return root.children(OVERWRITE).stream()
                .flatMap(block -> block.children(CONDITIONS).stream())
                .flatMap(conditions -> conditions.children(name).stream());
    }

    /** Blocks that are in no job. */
    private void unreachable() {
        for (var block : root.children(OVERWRITE)) {
            if (block.child(CONDITIONS).isEmpty()) {
                general.notCarriedOver(file, block.line(), "overwrite without conditions, which OBS skips too");
                continue;
            }
            var archs = block.child(CONDITIONS).orElseThrow().children("arch").stream()
                    .map(XmlElement::text)
                    .toList();
            if (!archs.isEmpty()
                    && options.archs().stream().map(Architecture::name).noneMatch(archs::contains)) {
                general.notCarriedOver(
                        file,
                        block.line(),
                        "overwrite for " + String.join(", ", archs) + " alone: not among the architectures "
                                + options.archs().stream()
                                        .map(Architecture::name)
                                        .collect(Collectors.joining(", ")));
            }
        }
    }

    private Manifest manifest(String packageName, Architecture arch) {
        var remarks = new Remarks();
        remarks.addAll(general.inOrder());
        var constraints = Overwrites.apply(root, packageName, arch.name());
        var object = Serialization.jsonMapper().createObjectNode();
        object.put("apiVersion", ApiGroup.GROUP + "/" + ApiGroup.VERSION).put("kind", "BuildJob");
        var metadata = object.putObject("metadata").put("name", name(packageName, arch));
        options.namespace().ifPresent(namespace -> metadata.put("namespace", namespace));
        var spec = object.putObject("spec");
        spec.put("package", packageName).put("targetArch", arch.name()).put("environment", options.environment());
        ResourcesImport.add(file, constraints, spec, remarks);
        var requires = Serialization.jsonMapper().createObjectNode();
        RequiresImport.add(file, constraints, requires, remarks);
        if (!requires.isEmpty()) {
            spec.set("requires", requires);
        }
        check(object);
        var origin = "package " + packageName + " for " + arch.name() + ", from " + file;
        return new Manifest(object, origin, remarks.inOrder());
    }

    private void check(ObjectNode job) {
        var problems = ManifestCheck.problems(job);
        if (!problems.isEmpty()) {
            throw InputException.of(
                    file,
                    "job " + job.at("/metadata/name").asText() + " would be refused: " + String.join("; ", problems));
        }
    }

    /** Of the option, else of the package; then, of another package, its name; then the architecture. */
    private String name(String packageName, Architecture arch) {
        var own = packageName.equals(options.packageName());
        var first = options.name()
                .map(name -> own ? name : name + "-" + packageName)
                .orElse(packageName);
        var single = own && options.archs().size() == 1 && packages().size() == 1;
        if (single && options.name().isPresent()) {
            return first;
        }
        var last = "-" + ObjectName.of(arch.name());
        var cut = ObjectName.of(first);
        if (cut.isEmpty()) {
            throw InputException.of(file, "package '" + packageName + "' gives no name for a job; use --name");
        }
        int most = ObjectName.MOST - last.length();
        return cut.substring(0, Math.min(cut.length(), most)).replaceAll("-+$", "") + last;
    }
}
