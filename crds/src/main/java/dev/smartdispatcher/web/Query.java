package dev.smartdispatcher.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The parameters of a request, as {@code ?limit=10&from=20}. Of a name that comes twice, the last value counts. */
public record Query(Map<String, String> values) {
    /** The request is wrong: the server answers 400 with the message. */
    static final class BadRequestException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadRequestException(String message) {
            super(message);
        }
    }

    public static final Query NONE = new Query(Map.of());

    public Query {
        values = Map.copyOf(values);
    }

    /** @param raw the query part of a URI, still encoded; null is no query */
    static Query of(String raw) {
        if (raw == null || raw.isEmpty()) {
            return NONE;
        }
        var values = new HashMap<String, String>();
        for (var pair : raw.split("&")) {
            int at = pair.indexOf('=');
            values.put(decode(at < 0 ? pair : pair.substring(0, at)), at < 0 ? "" : decode(pair.substring(at + 1)));
        }
        return new Query(values);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("the query is not URL-encoded");
        }
    }

    /**
     * Refuses parameters that a page does not have.
     *
     * @throws BadRequestException naming the parameter
     */
    public void allow(Set<String> names) {
        for (var name : values.keySet()) {
            if (!names.contains(name)) {
                throw new BadRequestException("unknown parameter " + name);
            }
        }
    }

    /**
     * A whole number within bounds.
     *
     * @throws BadRequestException naming the parameter and its bounds
     */
    public int number(String name, int standard, int least, int most) {
        var text = values.get(name);
        if (text == null) {
            return standard;
        }
        try {
            int number = Integer.parseInt(text);
            if (least <= number && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number out of bounds.
        }
        throw new BadRequestException("parameter " + name + " must be a whole number from " + least + " to " + most);
    }
}
