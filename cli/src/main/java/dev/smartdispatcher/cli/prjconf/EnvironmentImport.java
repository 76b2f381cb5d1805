package dev.smartdispatcher.cli.prjconf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.api.ApiGroup;
import dev.smartdispatcher.api.environment.BuildRoot;
import dev.smartdispatcher.api.environment.Resolve;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.cli.input.InputException;
import dev.smartdispatcher.cli.input.SourceFile;
import dev.smartdispatcher.cli.manifest.Manifest;
import dev.smartdispatcher.cli.manifest.ManifestCheck;
import dev.smartdispatcher.cli.manifest.Remarks;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes a BuildEnvironment of project configs. */
public final class EnvironmentImport {
    private EnvironmentImport() {}

    /**
     * The environment.
     *
     * @param sources configs of which each continues the one before it, as OBS joins those of a project's path
     * @throws InputException if a config cannot be evaluated, or an API server would refuse the environment
     */
    public static Manifest read(List<SourceFile> sources, EnvironmentOptions options) {
        var remarks = new Remarks();
        var configs = new LinkedHashMap<Architecture, ProjectConfig>();
        for (var target : options.targets()) {
            configs.put(target, ProjectConfig.read(sources, target, options.defines(), remarks));
        }
        var files = sources.stream().map(SourceFile::name).collect(Collectors.joining(", "));
        var environment = environment(configs, options, remarks);
        var problems = ManifestCheck.problems(environment);
        if (!problems.isEmpty()) {
            throw InputException.of(
                    files, "environment " + options.name() + " would be refused: " + String.join("; ", problems));
        }
        var targets = options.targets().stream().map(Architecture::name).collect(Collectors.joining(", "));
        return new Manifest(environment, "targets " + targets + ", from " + files, remarks.inOrder());
    }

    private static ObjectNode environment(
            Map<Architecture, ProjectConfig> configs, EnvironmentOptions options, Remarks remarks) {
        var object = Serialization.jsonMapper().createObjectNode();
        object.put("apiVersion", ApiGroup.GROUP + "/" + ApiGroup.VERSION).put("kind", "BuildEnvironment");
        object.putObject("metadata").put("name", options.name());
        var spec = object.putObject("spec").put("image", options.image());
        options.installation().ifPresent(installation -> install(spec, installation));
        var rules = Serialization.jsonMapper().createArrayNode();
        var lists = new LinkedHashMap<Architecture, TargetLists>();
        configs.forEach(
                (target, config) -> lists.put(target, TargetLists.of(config, options.virtualMachine(), remarks)));
        new TargetRules(lists).addTo(spec, rules);
        var hostRules = new HostRules(options, remarks);
        configs.forEach(hostRules::add);
        hostRules.addTo(rules);
        configs.values().forEach(config -> config.others().forEach(other -> other(other, remarks)));
        if (!rules.isEmpty()) {
            spec.set("rules", rules);
        }
        return object;
    }

    private static void install(ObjectNode spec, EnvironmentOptions.Installation installation) {
        spec.put("installer", installation.installer().name()).put("root", BuildRoot.Directory.name());
        spec.withObject("/repository/persistentVolumeClaim").put("claimName", installation.claimName());
        spec.put("resolve", Resolve.Repository.name());
    }

    private static void other(Directive directive, Remarks remarks) {
        var reason = Reasons.of(directive.keyword()).orElse("not a directive of project configs");
        remarks.notCarriedOver(directive.file(), directive.line(), directive.text() + " (" + reason + ")");
    }
}
