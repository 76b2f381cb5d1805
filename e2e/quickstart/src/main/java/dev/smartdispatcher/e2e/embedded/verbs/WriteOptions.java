package dev.smartdispatcher.e2e.embedded.verbs;

import dev.smartdispatcher.e2e.embedded.model.ApiException;
import java.util.Map;

/**
 * What a writer asks for beside the object.
 *
 * @param fieldManager who applies; empty if not said
 * @param strict whether unknown fields are to be refused
 */
public record WriteOptions(String fieldManager, boolean strict) {
    /** Nothing in particular. */
    public static final WriteOptions NONE = new WriteOptions("", false);

    /**
     * The options in a request's query.
     *
     * @throws ApiException 400 for dry runs, which are not served: a test would take them for the real thing
     */
    public static WriteOptions of(Map<String, String> query) {
        if (query.containsKey("dryRun")) {
            throw ApiException.badRequest("dry run is not served here");
        }
        return new WriteOptions(
                query.getOrDefault("fieldManager", ""),
                query.getOrDefault("fieldValidation", "").equals("Strict"));
    }
}
