package dev.smartdispatcher.e2e.chaos.history;

import java.util.Optional;
import java.util.Set;

/** Where an API server keeps an object in etcd, as {@code /registry/pods/NAMESPACE/NAME}. */
record EtcdKey(String kind, String name) {
    private static final String REGISTRY = "/registry/";
    private static final String GROUP = "smartdispatcher.dev/";
    /** Nodes by the name that they had when etcd got its first of them. */
    private static final String NODES = "minions";

    private static final Set<String> KINDS = Set.of(
            "pods",
            "nodes",
            "configmaps",
            "leases",
            "persistentvolumeclaims",
            "poddisruptionbudgets",
            "resourcequotas",
            "buildjobs",
            "buildworkers",
            "buildenvironments",
            "buildprofiles",
            "dispatchpolicies");

    /** Empty if the checker reads no such objects. */
    static Optional<EtcdKey> of(String key) {
        if (!key.startsWith(REGISTRY)) {
            return Optional.empty();
        }
        var path = key.substring(REGISTRY.length());
        path = path.startsWith(GROUP) ? path.substring(GROUP.length()) : path;
        int slash = path.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        var kind = path.substring(0, slash);
        kind = NODES.equals(kind) ? "nodes" : kind;
        return KINDS.contains(kind) ? Optional.of(new EtcdKey(kind, path.substring(slash + 1))) : Optional.empty();
    }
}
