package dev.smartdispatcher.cli.input;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An element of an XML document.
 *
 * @param name its name, without a namespace
 * @param attributes values by name, in document order
 * @param text all text directly in it, without white space at either end
 * @param children in document order
 * @param line where its start tag ends, counted from 1
 */
public record XmlElement(
        String name, Map<String, String> attributes, String text, List<XmlElement> children, int line) {

    /** The first child of that name. */
    public Optional<XmlElement> child(String childName) {
        return children(childName).stream().findFirst();
    }

    /** All children of that name. */
    public List<XmlElement> children(String childName) {
        return children.stream().filter(c -> c.name.equals(childName)).toList();
    }
}
