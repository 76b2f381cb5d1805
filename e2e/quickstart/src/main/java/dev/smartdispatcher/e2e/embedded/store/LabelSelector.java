package dev.smartdispatcher.e2e.embedded.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.model.Meta;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The {@code labelSelector} of a request: {@code a=b,c!=d,e in (f,g),h notin (i),j,!k}, of which all must hold. */
public final class LabelSelector {
    private static final Pattern COMMA_OUTSIDE_PARENTHESES = Pattern.compile(",(?![^(]*\\))");
    private static final String KEY = "(?<key>[A-Za-z0-9_./-]+)";
    private static final Pattern EXISTS = Pattern.compile("(?<not>!?)\\s*" + KEY);
    private static final Pattern EQUALS = Pattern.compile(KEY + "\\s*(?<not>!?)==?\\s*(?<value>[A-Za-z0-9_.-]*)");
    private static final Pattern IN = Pattern.compile(KEY + "\\s+(?<not>not)?in\\s+\\((?<values>[^)]*)\\)");

    private LabelSelector() {}

    /**
     * A predicate on objects.
     *
     * @param selector empty: all objects
     * @throws ApiException 400 if it cannot be read
     */
    public static Predicate<JsonNode> parse(String selector) {
        return selector.isBlank()
                ? object -> true
                : COMMA_OUTSIDE_PARENTHESES
                        .splitAsStream(selector)
                        .map(String::trim)
                        .map(LabelSelector::requirement)
                        .reduce(object -> true, Predicate::and);
    }

    private static Predicate<JsonNode> requirement(String text) {
        var in = IN.matcher(text);
        if (in.matches()) {
            var values = Arrays.stream(in.group("values").split(","))
                    .map(String::trim)
                    .collect(Collectors.toUnmodifiableSet());
            return negateIf(in.group("not") != null, oneOf(in.group("key"), values));
        }
        var equals = EQUALS.matcher(text);
        if (equals.matches()) {
            return negateIf(!equals.group("not").isEmpty(), oneOf(equals.group("key"), Set.of(equals.group("value"))));
        }
        var exists = EXISTS.matcher(text);
        if (exists.matches()) {
            var key = exists.group("key");
            return negateIf(
                    !exists.group("not").isEmpty(),
                    object -> Meta.of(object).labels().has(key));
        }
        throw ApiException.badRequest("unable to parse requirement: " + text);
    }

    private static Predicate<JsonNode> oneOf(String key, Set<String> values) {
        return object -> {
            var label = Meta.of(object).labels().get(key);
            return label != null && values.contains(label.asText());
        };
    }

    private static Predicate<JsonNode> negateIf(boolean not, Predicate<JsonNode> predicate) {
        return not ? predicate.negate() : predicate;
    }
}
