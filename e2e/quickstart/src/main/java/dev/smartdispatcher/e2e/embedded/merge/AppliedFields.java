package dev.smartdispatcher.e2e.embedded.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.schema.ListRules;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each manager applied last, so that a field which a manager no longer applies goes away, as with server-side apply's
 * field ownership. Simpler than the real thing: there are no conflicts between managers (as if each forced), and a field
 * that another manager applies too, or that was changed by other means, stays.
 *
 * <p>Not thread-safe.
 */
public final class AppliedFields {
    private final Map<String, Map<String, JsonNode>> byObject = new HashMap<>();

    /** {@code live} without what {@code manager} applied before and does not apply now; {@code live} is not changed. */
    public JsonNode withoutAbandoned(JsonNode live, String uid, String manager, JsonNode applied, ListRules rules) {
        var managers = byObject.getOrDefault(uid, Map.of());
        var before = managers.getOrDefault(manager, MissingNode.getInstance());
        var others = managers.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(manager))
                .map(Map.Entry::getValue)
                .toList();
        return before.isObject() ? prune(live.deepCopy(), before, applied, others, rules) : live;
    }

    /** Remembers that {@code manager} now applies {@code applied}. */
    public void remember(String uid, String manager, JsonNode applied) {
        byObject.computeIfAbsent(uid, unused -> new HashMap<>()).put(manager, applied);
    }

    /** Forgets an object that is gone. */
    public void forget(String uid) {
        byObject.remove(uid);
    }

    private static JsonNode prune(
            JsonNode live, JsonNode before, JsonNode now, Collection<JsonNode> others, ListRules rules) {
        if (live instanceof ObjectNode object && before.isObject()) {
            before.properties().forEach(field -> {
                var name = field.getKey();
                var rest = pruneChild(
                        object.path(name), field.getValue(), now.path(name), below(others, name), rules.field(name));
                set(object, name, rest);
            });
        } else if (live instanceof ArrayNode set && rules.isSet()) {
            before.forEach(value -> {
                if (!Items.contains(now, value) && others.stream().noneMatch(o -> Items.contains(o, value))) {
                    Items.remove(set, value);
                }
            });
        } else if (live instanceof ArrayNode list && !rules.keys().isEmpty()) {
            before.forEach(item -> pruneItem(list, item, now, others, rules));
        }
        return live;
    }

    private static void pruneItem(
            ArrayNode list, JsonNode item, JsonNode now, Collection<JsonNode> others, ListRules rules) {
        int at = Items.find(list, item, rules.keys());
        if (at < 0) {
            return;
        }
        var rest = pruneChild(list.get(at), item, match(now, item, rules), matches(others, item, rules), rules.item());
        if (rest instanceof ObjectNode left) {
            // An item that stays for other fields' sake stays the same item.
            rules.keys().forEach(key -> left.set(key, item.get(key)));
            list.set(at, left);
        } else {
            list.remove(at);
        }
    }

    /** What is left of {@code live}; missing if nothing is. */
    private static JsonNode pruneChild(
            JsonNode live, JsonNode before, JsonNode now, List<JsonNode> others, ListRules rules) {
        boolean abandoned = now.isMissingNode() && others.stream().allMatch(JsonNode::isMissingNode);
        if (abandoned && live.equals(before)) {
            return MissingNode.getInstance();
        }
        boolean mayHoldOthers = live.isObject()
                || live.isArray() && (rules.isSet() || !rules.keys().isEmpty());
        if (!mayHoldOthers) {
            return live;
        }
        var rest = prune(live, before, now, others, rules);
        return abandoned && rest.isEmpty() ? MissingNode.getInstance() : rest;
    }

    private static List<JsonNode> below(Collection<JsonNode> others, String field) {
        return others.stream().map(other -> other.path(field)).toList();
    }

    private static List<JsonNode> matches(Collection<JsonNode> others, JsonNode item, ListRules rules) {
        return others.stream().map(other -> match(other, item, rules)).toList();
    }

    private static JsonNode match(JsonNode list, JsonNode item, ListRules rules) {
        int at = Items.find(list, item, rules.keys());
        return at < 0 ? MissingNode.getInstance() : list.get(at);
    }

    private static void set(ObjectNode object, String name, JsonNode value) {
        if (value.isMissingNode()) {
            object.remove(name);
        } else {
            object.set(name, value);
        }
    }
}
