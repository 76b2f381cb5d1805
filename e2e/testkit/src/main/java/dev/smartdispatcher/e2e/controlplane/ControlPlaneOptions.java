package dev.smartdispatcher.e2e.controlplane;

import java.nio.file.Path;
import java.util.List;

/**
 * What a {@link ControlPlane} is to be.
 *
 * @param directory for its data, credentials and logs; emptied at the start
 * @param audited whether each request is kept in the {@link AuditLog}, which costs the API server some of its speed
 * @param memory that the API server tries to stay within, as Go's {@code GOMEMLIMIT}: less of it costs time
 * @param flags further ones of kube-apiserver
 */
public record ControlPlaneOptions(Path directory, boolean audited, String memory, List<String> flags) {
    /** Without a limit it grows to 2.3 GiB under load, at the same speed. */
    private static final String USUAL_MEMORY = "900MiB";

    /** With an audit log and nothing unusual. */
    public static ControlPlaneOptions in(Path directory) {
        return new ControlPlaneOptions(directory.toAbsolutePath(), true, USUAL_MEMORY, List.of());
    }

    public ControlPlaneOptions withoutAudit() {
        return new ControlPlaneOptions(directory, false, memory, flags);
    }

    public ControlPlaneOptions withMemory(String limit) {
        return new ControlPlaneOptions(directory, audited, limit, flags);
    }

    public ControlPlaneOptions withFlags(String... more) {
        return new ControlPlaneOptions(directory, audited, memory, List.of(more));
    }
}
