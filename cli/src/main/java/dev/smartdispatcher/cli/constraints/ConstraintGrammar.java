package dev.smartdispatcher.cli.constraints;

import dev.smartdispatcher.cli.input.InputException;
import dev.smartdispatcher.cli.input.XmlElement;
import dev.smartdispatcher.cli.manifest.Remarks;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which elements and attributes a {@code _constraints} file has, and which elements may be repeated. Source: the schema
 * {@code docs/api/api/constraints.rng} and the structure {@code BSXML.pm} of the Open Build Service.
 */
final class ConstraintGrammar {
    static final String OVERWRITE = "overwrite";
    static final String CONDITIONS = "conditions";

    /** Elements of which there may be several beside each other; an overwrite replaces all of them. */
    static final Set<String> REPEATED = Set.of("hostlabel", "flag", "arch", "package", OVERWRITE);

    private static final List<String> DEMANDS = List.of("hostlabel", "sandbox", "linux", "hardware");
    private static final List<String> SIZES = List.of("disk", "memory", "memoryperjob", "physicalmemory");

    private static final Map<String, List<String>> CHILDREN = Map.ofEntries(
            Map.entry("constraints", with(DEMANDS, OVERWRITE)),
            Map.entry(OVERWRITE, with(DEMANDS, CONDITIONS)),
            Map.entry(CONDITIONS, List.of("arch", "package")),
            Map.entry("linux", List.of("version", "flavor")),
            Map.entry("version", List.of("min", "max")),
            Map.entry("hardware", with(SIZES, "cpu", "processors", "jobs")),
            Map.entry("cpu", List.of("flag")),
            Map.entry("disk", List.of("size")),
            Map.entry("memory", List.of("size")),
            Map.entry("memoryperjob", List.of("size")),
            Map.entry("physicalmemory", List.of("size")));

    private static final Map<String, String> ATTRIBUTES =
            Map.of("hostlabel", "exclude", "sandbox", "exclude", "flag", "exclude", "size", "unit");

    private final String file;
    private final Remarks remarks;

    private ConstraintGrammar(String file, Remarks remarks) {
        this.file = file;
        this.remarks = remarks;
    }

    /** Remarks on what is unknown; an {@link InputException} for another document, and for what must not be repeated but is. */
    static void check(String file, XmlElement root, Remarks remarks) {
        if (!root.name().equals("constraints")) {
            throw InputException.at(
                    file, root.line(), "the document is <" + root.name() + ">, and must be <constraints>");
        }
        new ConstraintGrammar(file, remarks).check(root);
    }

    private void check(XmlElement element) {
        element.attributes().forEach((name, value) -> {
            if (!name.equals(ATTRIBUTES.get(element.name())) && !isOfTheDocument(element, name)) {
                remarks.notCarriedOver(
                        file,
                        element.line(),
                        "attribute " + name + "=\"" + value + "\" of <" + element.name() + ">: unknown");
            }
        });
        var seen = new HashSet<String>();
        for (var child : element.children()) {
            if (!CHILDREN.getOrDefault(element.name(), List.of()).contains(child.name())) {
                remarks.notCarriedOver(
                        file, child.line(), "element <" + child.name() + "> in <" + element.name() + ">: unknown");
                continue;
            }
            if (!seen.add(child.name()) && !REPEATED.contains(child.name())) {
                throw InputException.at(
                        file,
                        child.line(),
                        "<" + child.name() + "> is there twice in <" + element.name() + ">, and must be there once");
            }
            check(child);
        }
    }

    /** Where the document's schema is to be found. */
    private static boolean isOfTheDocument(XmlElement element, String attribute) {
        return element.name().equals("constraints") && attribute.endsWith("chemaLocation");
    }

    private static List<String> with(List<String> names, String... others) {
        return Stream.concat(names.stream(), Stream.of(others)).toList();
    }
}
