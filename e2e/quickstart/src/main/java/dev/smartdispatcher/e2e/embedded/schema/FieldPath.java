package dev.smartdispatcher.e2e.embedded.schema;

import com.networknt.schema.path.NodePath;

/** Where a value is, written as Kubernetes writes it: {@code spec.env[0].name}. */
final class FieldPath {
    static final String ROOT = "";

    private FieldPath() {}

    static String field(String parent, String name) {
        return parent.isEmpty() ? name : parent + "." + name;
    }

    static String item(String parent, int index) {
        return parent + "[" + index + "]";
    }

    static String of(NodePath path) {
        var text = ROOT;
        for (int i = 0; i < path.getNameCount(); i++) {
            var element = path.getElement(i);
            text = element instanceof Integer index ? item(text, index) : field(text, element.toString());
        }
        return text;
    }
}
