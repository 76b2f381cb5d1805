package dev.smartdispatcher.e2e.embedded.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.model.KindRegistry;
import dev.smartdispatcher.e2e.embedded.model.ResourceKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which version this claims to be and what it serves: enough for Fabric8's {@code supports(..)}, not for kubectl. */
final class Discovery {
    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    private final KindRegistry kinds;

    Discovery(KindRegistry kinds) {
        this.kinds = kinds;
    }

    /** The answer to a GET of {@code path}, without query; empty if it is not about discovery. */
    Optional<JsonNode> answer(String path) {
        var parts = Arrays.stream(path.split("/")).filter(p -> !p.isEmpty()).toList();
        return Optional.ofNullable(
                switch (parts.isEmpty() ? "" : parts.get(0)) {
                    case "version" -> version();
                    case "livez", "readyz", "healthz" -> JsonNodeFactory.instance.textNode("ok");
                    case "api" ->
                        switch (parts.size()) {
                            case 1 -> object("APIVersions").set("versions", array(Stream.of("v1")));
                            case 2 -> resources("", parts.get(1));
                            default -> null;
                        };
                    case "apis" ->
                        switch (parts.size()) {
                            case 1 -> groups();
                            case 3 -> resources(parts.get(1), parts.get(2));
                            default -> null;
                        };
                    default -> null;
                });
    }

    private static ObjectNode version() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("major", "1")
                .put("minor", "36")
                .put("gitVersion", "v1.36.0+embedded");
    }

    private JsonNode groups() {
        var list = object("APIGroupList");
        var groups = list.putArray("groups");
        kinds.all().stream()
                .map(kind -> kind.gvr().group())
                .filter(group -> !group.isEmpty())
                .distinct()
                .sorted()
                .forEach(name -> {
                    var versions = groups.addObject().put("name", name).putArray("versions");
                    kinds.all().stream()
                            .filter(kind -> kind.gvr().group().equals(name))
                            .map(kind -> kind.gvr().version())
                            .distinct()
                            .sorted()
                            .forEach(version -> versions.addObject()
                                    .put("groupVersion", name + "/" + version)
                                    .put("version", version));
                });
        return list;
    }

    private JsonNode resources(String group, String version) {
        var served = kinds.all().stream()
                .filter(kind ->
                        kind.gvr().group().equals(group) && kind.gvr().version().equals(version))
                .toList();
        if (served.isEmpty()) {
            return null;
        }
        var list = object("APIResourceList")
                .put("groupVersion", served.get(0).gvr().apiVersion());
        var resources = list.putArray("resources");
        served.forEach(kind -> resources.add(describe(kind)));
        return list;
    }

    private static ObjectNode describe(ResourceKind kind) {
        var resource = JsonNodeFactory.instance
                .objectNode()
                .put("name", kind.gvr().resource())
                .put("kind", kind.kind())
                .put("namespaced", kind.namespaced());
        resource.set("verbs", array(VERBS.stream()));
        return resource;
    }

    private static ObjectNode object(String kind) {
        return JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", kind);
    }

    private static JsonNode array(Stream<String> values) {
        var array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }
}
