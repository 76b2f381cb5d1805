package dev.smartdispatcher.e2e.embedded.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.model.Meta;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A part of a list, by {@code limit} and {@code continue}. Later parts show what is there when they are asked for, under the
 * version of the first part: whoever watches from that version on misses nothing.
 *
 * @param items of this part
 * @param version that the list has
 * @param next asks for the next part; empty if this is the last one
 */
record ListPage(List<ObjectNode> items, long version, Optional<String> next) {

    /** Cuts the part that a request asks for from all objects, which come by namespace and name. */
    static ListPage of(List<ObjectNode> all, long version, ApiRequest request) {
        var token = request.parameter("continue");
        var from = token.isEmpty() ? new Place(version, "", "") : Place.of(token);
        var rest = all.stream().filter(from::isBefore).toList();
        int limit = number(request.parameter("limit"));
        if (limit == 0 || rest.size() <= limit) {
            return new ListPage(rest, from.version, Optional.empty());
        }
        var items = rest.subList(0, limit);
        var last = Meta.of(items.get(limit - 1));
        return new ListPage(
                items,
                from.version,
                Optional.of(new Place(from.version, last.field("namespace").asText(""), last.name()).token()));
    }

    private static int number(String limit) {
        try {
            return limit.isEmpty() ? 0 : Integer.parseInt(limit);
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("invalid limit: " + limit);
        }
    }

    /** Where a part ends. */
    private record Place(long version, String namespace, String name) {
        private static Place of(String token) {
            try {
                var parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split("/", 3);
                return new Place(Long.parseLong(parts[0]), parts[1], parts[2]);
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw ApiException.badRequest("continue key is not valid: " + token);
            }
        }

        private String token() {
            return Base64.getUrlEncoder()
                    .encodeToString((version + "/" + namespace + "/" + name).getBytes(StandardCharsets.UTF_8));
        }

        private boolean isBefore(ObjectNode object) {
            var meta = Meta.of(object);
            int byNamespace = namespace.compareTo(meta.field("namespace").asText(""));
            return byNamespace < 0 || byNamespace == 0 && name.compareTo(meta.name()) < 0;
        }
    }
}
