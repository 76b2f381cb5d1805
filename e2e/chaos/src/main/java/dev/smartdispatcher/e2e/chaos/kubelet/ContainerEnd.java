package dev.smartdispatcher.e2e.chaos.kubelet;

/** How a container ends, as its kubelet and the entry in it report it. */
enum ContainerEnd {
    SUCCEEDED(0, "Completed", "{\"exitCode\":0}"),
    FAILED(2, "Error", "{\"exitCode\":2}"),
    OUT_OF_MEMORY(137, "OOMKilled", "{\"exitCode\":137,\"oomKills\":1}"),
    /** By SIGTERM, as the pod was deleted. */
    STOPPED(143, "Error", "{\"exitCode\":143,\"terminated\":true}"),
    /** By the entry, as the build's deadline has passed. */
    OVERDUE(143, "Error", "{\"exitCode\":143,\"deadlineExceeded\":true}"),
    /** With its machine. */
    LOST(137, "Error", "");

    private final int exitCode;
    private final String reason;
    private final String message;

    ContainerEnd(int exitCode, String reason, String message) {
        this.exitCode = exitCode;
        this.reason = reason;
        this.message = message;
    }

    int exitCode() {
        return exitCode;
    }

    String reason() {
        return reason;
    }

    String message() {
        return message;
    }

    String phase() {
        return this == SUCCEEDED ? "Succeeded" : "Failed";
    }
}
