package dev.smartdispatcher.cli.prjconf;

import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.cli.input.SourceFile;
import dev.smartdispatcher.cli.manifest.Remarks;
import dev.smartdispatcher.cli.prjconf.macro.Macros;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a project config says for one target: lists by keyword, substitutions, single values, and all other lines. */
public final class ProjectConfig {
    /** Directives whose words are a list, to which later lines add; {@code !name} takes a name out and {@code !*} all. */
    enum Listed {
        PREINSTALL,
        VMINSTALL,
        REQUIRED,
        SUPPORT,
        CBPREINSTALL,
        CBINSTALL,
        ONLYNATIVE,
        ALSONATIVE;

        private static Optional<Listed> of(String keyword) {
            return List.of(values()).stream()
                    .filter(listed -> listed.name().equalsIgnoreCase(keyword))
                    .findFirst();
        }
    }

    /**
     * A name in a list.
     *
     * @param name the name
     * @param from the line that put it there
     */
    record Entry(String name, Directive from) {}

    private final Map<Listed, List<Entry>> lists = new LinkedHashMap<>();
    private final Map<String, Directive> substitutions = new LinkedHashMap<>();
    private final List<Directive> others = new ArrayList<>();
    private Directive hostArch;

    private ProjectConfig() {
        for (var listed : Listed.values()) {
            lists.put(listed, new ArrayList<>());
        }
    }

    /**
     * Reads configs of which each continues the one before it, for a target.
     *
     * @param defines macros beside those of the target, as {@code _repository}
     */
    static ProjectConfig read(
            List<SourceFile> sources, Architecture target, Map<String, String> defines, Remarks remarks) {
        var macros = Macros.forTarget(target.name());
        defines.forEach(macros::define);
        var config = new ProjectConfig();
        DirectiveReader.read(ConfigLines.of(sources), macros, remarks).forEach(config::take);
        return config;
    }

    private void take(Directive directive) {
        var listed = Listed.of(directive.keyword());
        if (listed.isPresent()) {
            directive.words().forEach(word -> take(lists.get(listed.get()), word, directive));
            return;
        }
        switch (directive.keyword()) {
            case "substitute" -> substitute(directive);
            case "hostarch" -> hostArch = directive;
            default -> others.add(directive);
        }
    }

    private static void take(List<Entry> list, String word, Directive directive) {
        if (word.equals("!*")) {
            list.clear();
        } else if (word.startsWith("!")) {
            list.removeIf(entry -> entry.name().equals(word.substring(1)));
        } else if (list.stream().noneMatch(entry -> entry.name().equals(word))) {
            list.add(new Entry(word, directive));
        }
    }

    private void substitute(Directive directive) {
        if (directive.words().isEmpty()) {
            return;
        }
        var name = directive.words().get(0);
        if (name.equals("!*")) {
            substitutions.clear();
        } else if (name.startsWith("!")) {
            substitutions.remove(name.substring(1));
        } else {
            substitutions.put(name, directive);
        }
    }

    /** The names of a list in their order, each once. */
    List<Entry> list(Listed listed) {
        return List.copyOf(lists.get(listed));
    }

    /** The lines that replace a dependency, by its name. */
    Map<String, Directive> substitutions() {
        return Map.copyOf(substitutions);
    }

    /** What replaces a dependency: each once, without the sign that keeps its version. */
    static List<String> replacements(Directive substitution) {
        var names = new LinkedHashSet<String>();
        substitution.words().stream()
                .skip(1)
                .map(word -> word.replaceFirst("=$", ""))
                .forEach(names::add);
        return List.copyOf(names);
    }

    /** The line that says on which architecture the target is built. */
    Optional<Directive> hostArch() {
        return Optional.ofNullable(hostArch);
    }

    /** All other lines. */
    List<Directive> others() {
        return List.copyOf(others);
    }
}
