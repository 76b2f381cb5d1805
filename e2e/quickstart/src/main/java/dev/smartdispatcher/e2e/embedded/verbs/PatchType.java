package dev.smartdispatcher.e2e.embedded.verbs;

import dev.smartdispatcher.e2e.embedded.model.ApiException;

/** How a patch is written, told by its media type. */
public enum PatchType {
    JSON("application/json-patch+json"),
    MERGE("application/merge-patch+json"),
    STRATEGIC("application/strategic-merge-patch+json"),
    APPLY("application/apply-patch+yaml");

    private final String mediaType;

    PatchType(String mediaType) {
        this.mediaType = mediaType;
    }

    /**
     * The type that {@code contentType} names, parameters aside.
     *
     * @throws ApiException 415 if it names none
     */
    public static PatchType of(String contentType) {
        for (var type : values()) {
            if (contentType.split(";")[0].trim().equals(type.mediaType)) {
                return type;
            }
        }
        throw unsupported();
    }

    static ApiException unsupported() {
        return new ApiException(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include:"
                        + " application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml");
    }
}
