package dev.smartdispatcher.cli.prjconf;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Compatibility;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.cli.manifest.ObjectName;
import dev.smartdispatcher.cli.manifest.Remarks;
import dev.smartdispatcher.cli.prjconf.ProjectConfig.Listed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules for workers of another architecture than the target's. CBPreinstall and CBInstall are for workers that run the target's
 * programs by emulation; OnlyNative and AlsoNative are installed where the target is cross-compiled, which HostArch says. Targets
 * with equal rules share one.
 */
final class HostRules {
    /** All of a rule but its targets; an empty list of hosts stands for all. */
    private record Change(Mode mode, List<Architecture> hosts, List<String> preinstall, List<String> install) {}

    private final EnvironmentOptions options;
    private final Remarks remarks;
    private final Map<Change, List<Architecture>> changes = new LinkedHashMap<>();

    HostRules(EnvironmentOptions options, Remarks remarks) {
        this.options = options;
        this.remarks = remarks;
    }

    /** Takes the rules of a target. */
    void add(Architecture target, ProjectConfig config) {
        emulated(target, config);
        cross(target, config);
    }

    /** Adds the rules of all targets. */
    void addTo(ArrayNode rules) {
        changes.forEach((change, targets) -> {
            var names = targets.stream().map(Architecture::name).toList();
            var rule =
                    rules.addObject().put("name", ObjectName.of(change.mode().name() + "-" + String.join("-", names)));
            var when = rule.putObject("when");
            TargetRules.put(
                    when,
                    "hostArch",
                    change.hosts().stream().map(Architecture::name).toList());
            TargetRules.put(when, "targetArch", names);
            TargetRules.put(when, "modes", List.of(change.mode().name()));
            TargetRules.put(rule, "preinstall", change.preinstall());
            TargetRules.put(rule, "install", change.install());
        });
    }

    private void add(Architecture target, Change change) {
        changes.computeIfAbsent(change, c -> new ArrayList<>()).add(target);
    }

    private void emulated(Architecture target, ProjectConfig config) {
        var preinstall = List.copyOf(TargetLists.names(config, Listed.CBPREINSTALL, remarks));
        var install = List.copyOf(TargetLists.names(config, Listed.CBINSTALL, remarks));
        if (preinstall.isEmpty() && install.isEmpty()) {
            return;
        }
        var hosts = others(target, options.hosts());
        if (hosts.isEmpty() && !options.hosts().isEmpty()) {
            return;
        }
        hintOfOverlays(config);
        add(target, new Change(Mode.Emulated, hosts, preinstall, install));
    }

    private void cross(Architecture target, ProjectConfig config) {
        var install = TargetLists.names(config, Listed.ONLYNATIVE, remarks);
        install.addAll(TargetLists.names(config, Listed.ALSONATIVE, remarks));
        if (install.isEmpty() && config.hostArch().isEmpty()) {
            return;
        }
        var named = config.hostArch().map(HostRules::host);
        var hosts = named.map(host -> host.filter(this::isWanted).map(List::of).orElse(List.of()))
                .orElse(options.hosts());
        if (hosts.isEmpty()) {
            notCarriedOver(config);
            return;
        }
        var others = others(target, hosts);
        if (!others.isEmpty()) {
            add(target, new Change(Mode.Cross, others, List.of(), List.copyOf(install)));
            config.list(Listed.ONLYNATIVE)
                    .forEach(entry -> remarks.note(
                            entry.from().file(),
                            entry.from().line(),
                            entry.from().text() + ": OBS installs it for packages that require it, here for all"));
        }
    }

    private static Optional<Architecture> host(Directive hostArch) {
        return hostArch.words().stream().findFirst().flatMap(Architecture::of);
    }

    private boolean isWanted(Architecture host) {
        return options.hosts().isEmpty() || options.hosts().contains(host);
    }

    private void notCarriedOver(ProjectConfig config) {
        config.hostArch()
                .ifPresent(directive -> remarks.notCarriedOver(
                        directive.file(),
                        directive.line(),
                        directive.text() + " (not an architecture of --host-arch)"));
        for (var listed : List.of(Listed.ONLYNATIVE, Listed.ALSONATIVE)) {
            config.list(listed)
                    .forEach(entry -> remarks.notCarriedOver(
                            entry.from().file(),
                            entry.from().line(),
                            entry.from().text()
                                    + " (for cross builds, and neither HostArch nor --host-arch names a host)"));
        }
    }

    /** Programs of the host over the target's: that the target's are kept from reinstall is in no directive. */
    private void hintOfOverlays(ProjectConfig config) {
        for (var entry : config.list(Listed.CBPREINSTALL)) {
            int end = entry.name().indexOf("-x86");
            var overlaid = end < 0 ? "" : entry.name().substring(0, end);
            if (config.list(Listed.PREINSTALL).stream().anyMatch(e -> e.name().equals(overlaid))) {
                remarks.note(
                        entry.from().file(),
                        entry.from().line(),
                        entry.name() + " may overlay " + overlaid + "; 'noInstall: [" + overlaid
                                + "]' in its rule keeps " + overlaid + " from being installed over it");
            }
        }
    }

    /** The hosts that cannot run the target's programs themselves. */
    private static List<Architecture> others(Architecture target, List<Architecture> hosts) {
        return hosts.stream()
                .filter(host -> host != target && !Compatibility.of(host).contains(target))
                .toList();
    }
}
