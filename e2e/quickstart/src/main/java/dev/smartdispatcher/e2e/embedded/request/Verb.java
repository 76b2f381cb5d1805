package dev.smartdispatcher.e2e.embedded.request;

/** What a request wants, in RBAC's words. */
public enum Verb {
    GET(false),
    LIST(false),
    WATCH(false),
    CREATE(true),
    UPDATE(true),
    PATCH(true),
    DELETE(true),
    DELETECOLLECTION(true);

    private final boolean write;

    Verb(boolean write) {
        this.write = write;
    }

    public boolean isWrite() {
        return write;
    }

    public static Verb of(String method, ResourcePath path, boolean watch) {
        return switch (method) {
            case "POST" -> CREATE;
            case "PUT" -> UPDATE;
            case "PATCH" -> PATCH;
            case "DELETE" -> path.name().isEmpty() ? DELETECOLLECTION : DELETE;
            default -> {
                if (watch) {
                    yield WATCH;
                }
                yield path.name().isEmpty() ? LIST : GET;
            }
        };
    }
}
