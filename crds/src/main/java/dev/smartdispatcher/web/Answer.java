package dev.smartdispatcher.web;

/**
 * An answer to a request.
 *
 * @param status code of HTTP
 * @param contentType with the character set, which is UTF-8
 */
public record Answer(int status, String contentType, String body) {
    static final int OK = 200;
    static final int BAD_REQUEST = 400;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int INTERNAL_ERROR = 500;
    public static final int UNAVAILABLE = 503;

    private static final String TEXT = "text/plain; charset=utf-8";
    /** The text format of Prometheus. */
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    /** A line of text. */
    public static Answer text(int status, String line) {
        return new Answer(status, TEXT, line + "\n");
    }

    /** A JSON document. */
    public static Answer json(String document) {
        return new Answer(OK, "application/json", document + "\n");
    }

    /** A scrape in the text format of Prometheus. */
    public static Answer metrics(String scrape) {
        return new Answer(OK, PROMETHEUS, scrape);
    }
}
