package dev.smartdispatcher.e2e.embedded.verbs;

import dev.smartdispatcher.e2e.embedded.model.ApiException;
import java.util.Map;

/**
 * What a writer asks for beside the object.
 *
 * @param fieldManager who applies; empty if not said
 * @param strict whether unknown fields are to be refused
 * @param dryRun whether nothing is to be stored
 */
public record WriteOptions(String fieldManager, boolean strict, boolean dryRun) {
    /** Nothing in particular. */
    public static final WriteOptions NONE = new WriteOptions("", false, false);

    /** The options in a request's query. */
    public static WriteOptions of(Map<String, String> query) {
        return new WriteOptions(
                query.getOrDefault("fieldManager", ""),
                query.getOrDefault("fieldValidation", "").equals("Strict"),
                query.containsKey("dryRun"));
    }

    /** @throws ApiException 400 for dry runs that nothing refuses: a test would take them for the real thing */
    void requireReal() {
        if (dryRun) {
            throw ApiException.badRequest("dry run is not served here");
        }
    }
}
