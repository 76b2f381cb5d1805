package dev.smartdispatcher.e2e.embedded.schema;

import com.networknt.schema.path.NodePath;

/** Where a value is, written as Kubernetes writes it: {@code spec.env[0].name}. */
final class FieldPath {
    static final String ROOT = "";
    static final String STATUS = "status";

    private FieldPath() {}

    static String field(String parent, String name) {
        return parent.isEmpty() ? name : parent + "." + name;
    }

    static String item(String parent, int index) {
        return parent + "[" + index + "]";
    }

    /** As it is told in a sentence: a real API server checks a status alone, and forgets where it was. */
    static String body(String field) {
        if (field.equals(STATUS)) {
            return ROOT;
        }
        return field.startsWith(STATUS + ".") ? field.substring(STATUS.length() + 1) : field;
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
