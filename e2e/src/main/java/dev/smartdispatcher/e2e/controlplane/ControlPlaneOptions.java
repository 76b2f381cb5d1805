package dev.smartdispatcher.e2e.controlplane;

import java.nio.file.Path;
import java.util.List;

/**
 * What a {@link ControlPlane} is to be.
 *
 * @param directory for its data, credentials and logs; emptied at the start
 * @param audited whether each request is kept in the {@link AuditLog}, which costs the API server some of its speed
 * @param flags further ones of kube-apiserver
 */
public record ControlPlaneOptions(Path directory, boolean audited, List<String> flags) {
    /** With an audit log and nothing unusual. */
    public static ControlPlaneOptions in(Path directory) {
        return new ControlPlaneOptions(directory.toAbsolutePath(), true, List.of());
    }

    public ControlPlaneOptions withoutAudit() {
        return new ControlPlaneOptions(directory, false, flags);
    }

    public ControlPlaneOptions withFlags(String... more) {
        return new ControlPlaneOptions(directory, audited, List.of(more));
    }
}
