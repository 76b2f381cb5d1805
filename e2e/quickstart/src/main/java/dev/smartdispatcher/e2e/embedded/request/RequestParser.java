package dev.smartdispatcher.e2e.embedded.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads requests about objects from HTTP, wherever they pass: at a server or in a client. */
public final class RequestParser {
    private RequestParser() {}

    /**
     * The request that this method, address and body make.
     *
     * @param header the value of the header of this name; null if there is none
     * @param body as JSON or YAML; null or blank if there is none
     * @throws ApiException if the address is not of objects, or the body cannot be read
     */
    public static ApiRequest parse(String method, URI uri, UnaryOperator<String> header, String body) {
        var path = ResourcePath.parse(uri.getPath()).orElseThrow(ApiException::noSuchResource);
        var query = query(uri.getRawQuery());
        boolean watch = query.getOrDefault("watch", "").matches("true|1");
        return new ApiRequest(
                Verb.of(method, path, watch),
                path,
                query,
                text(header.apply("Accept")),
                text(header.apply("Content-Type")),
                text(header.apply("User-Agent")),
                body(text(body)));
    }

    private static Map<String, String> query(String raw) {
        var query = new HashMap<String, String>();
        if (raw != null) {
            for (var pair : raw.split("&")) {
                int at = pair.indexOf('=');
                query.put(decode(at < 0 ? pair : pair.substring(0, at)), at < 0 ? "" : decode(pair.substring(at + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String text(String nullable) {
        return Optional.ofNullable(nullable).orElse("");
    }

    private static JsonNode body(String text) {
        try {
            // Apply may be sent as YAML.
            return text.isBlank() ? MissingNode.getInstance() : mapper(text).readTree(text);
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("the body cannot be read: " + e.getMessage());
        }
    }

    private static ObjectMapper mapper(String text) {
        return text.startsWith("{") || text.startsWith("[") ? Serialization.jsonMapper() : Serialization.yamlMapper();
    }
}
