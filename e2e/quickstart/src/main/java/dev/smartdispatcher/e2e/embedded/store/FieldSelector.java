package dev.smartdispatcher.e2e.embedded.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.model.ResourceKind;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The {@code fieldSelector} of a request: {@code spec.nodeName=a,status.phase!=Failed}, of which all must hold. */
public final class FieldSelector {
    private static final Pattern REQUIREMENT = Pattern.compile("(?<field>[^=!]+)(?<not>!?)==?(?<value>.*)");
    private static final Set<String> ALWAYS = Set.of("metadata.name", "metadata.namespace");

    private FieldSelector() {}

    /**
     * A predicate on objects of {@code kind}; a field that is absent is equal to the empty value.
     *
     * @param selector empty: all objects
     * @throws ApiException 400 if it cannot be read or names a field that the kind does not let one select by
     */
    public static Predicate<JsonNode> parse(String selector, ResourceKind kind) {
        return selector.isBlank()
                ? object -> true
                : Arrays.stream(selector.split(","))
                        .map(text -> requirement(text.trim(), kind))
                        .reduce(object -> true, Predicate::and);
    }

    private static Predicate<JsonNode> requirement(String text, ResourceKind kind) {
        var matcher = REQUIREMENT.matcher(text);
        if (!matcher.matches()) {
            throw ApiException.badRequest("invalid selector: '" + text + "'; can't understand '" + text + "'");
        }
        var field = matcher.group("field");
        if (!ALWAYS.contains(field) && !kind.selectable().contains(field)) {
            throw ApiException.badRequest("field label not supported: " + field);
        }
        var pointer = "/" + field.replace('.', '/');
        var value = matcher.group("value");
        boolean equal = matcher.group("not").isEmpty();
        return object -> object.at(pointer).asText("").equals(value) == equal;
    }
}
