package dev.smartdispatcher.cli.constraints;

import static dev.smartdispatcher.cli.constraints.ConstraintGrammar.CONDITIONS;
import static dev.smartdispatcher.cli.constraints.ConstraintGrammar.OVERWRITE;
import static dev.smartdispatcher.cli.constraints.ConstraintGrammar.REPEATED;

import dev.smartdispatcher.cli.input.XmlElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Applies {@code <overwrite>} blocks in document order, as the Open Build Service's dispatcher does: elements and attributes
 * that a block has replace those of the same name, what it does not have stays, and lists are replaced whole.
 */
final class Overwrites {
    /** Elements that are only a text, and so replaced whole. */
    private static final Set<String> TEXTS = Set.of("min", "max", "flavor", "processors", "jobs");

    private Overwrites() {}

    /** What holds for a package and an architecture, without the blocks themselves. */
    static XmlElement apply(XmlElement constraints, String packageName, String arch) {
        var result = constraints;
        for (var block : constraints.children(OVERWRITE)) {
            if (holds(block, packageName, arch)) {
                result = overwritten(result, block);
            }
        }
        return without(OVERWRITE, result);
    }

    /** A block without conditions never holds; an empty list of conditions always does. */
    static boolean holds(XmlElement block, String packageName, String arch) {
        return block.child(CONDITIONS)
                .filter(conditions -> holds(conditions, "arch", Set.of(arch)))
                .filter(conditions -> holds(conditions, "package", names(packageName)))
                .isPresent();
    }

    private static boolean holds(XmlElement conditions, String name, Set<String> values) {
        var wanted = conditions.children(name);
        return wanted.isEmpty() || wanted.stream().map(XmlElement::text).anyMatch(values::contains);
    }

    /** A package's name and what is before its first dot, as {@code kernel} of {@code kernel.flavor}. */
    private static Set<String> names(String packageName) {
        var names = new LinkedHashSet<>(Set.of(packageName));
        names.add(packageName.split("\\.", 2)[0]);
        return names;
    }

    private static XmlElement overwritten(XmlElement old, XmlElement by) {
        if (TEXTS.contains(by.name())) {
            return by;
        }
        var attributes = new LinkedHashMap<>(old.attributes());
        attributes.putAll(by.attributes());
        var children = new ArrayList<>(old.children());
        for (var name : by.children().stream().map(XmlElement::name).distinct().toList()) {
            if (name.equals(CONDITIONS)) {
                continue;
            }
            var replacements = by.children(name);
            if (!REPEATED.contains(name) && old.child(name).isPresent()) {
                replacements = List.of(overwritten(old.child(name).get(), replacements.get(0)));
            }
            children.removeIf(child -> child.name().equals(name));
            children.addAll(replacements);
        }
        var text = by.text().isEmpty() ? old.text() : by.text();
        int line = by.text().isEmpty() ? old.line() : by.line();
        return new XmlElement(old.name(), attributes, text, List.copyOf(children), line);
    }

    private static XmlElement without(String name, XmlElement element) {
        return new XmlElement(
                element.name(),
                element.attributes(),
                element.text(),
                element.children().stream().filter(c -> !c.name().equals(name)).toList(),
                element.line());
    }
}
