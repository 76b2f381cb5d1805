package dev.smartdispatcher.operator.preflight;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The rights of the operator's roles, read from the very files that the chart installs. */
public final class ShippedRoles {
    private static final String DIRECTORY = "/META-INF/smart-dispatcher/rights/";

    private ShippedRoles() {}

    /** What the operator needs in the whole cluster. */
    public static List<Right> clusterWide() {
        return read("operator.yaml", ClusterRole.class).getRules().stream()
                .flatMap(Right::of)
                .toList();
    }

    /** What a leader election needs, for a Lease of another place and name than the file's. */
    public static List<Right> election(String namespace, String lease) {
        return read("operator-lease.yaml", Role.class).getRules().stream()
                .flatMap(rule -> Right.of(rule, Optional.of(namespace)))
                .map(right -> new Right(
                        right.verb(),
                        right.group(),
                        right.resource(),
                        right.namespace(),
                        right.name().map(named -> lease)))
                .toList();
    }

    private static <T> T read(String file, Class<T> type) {
        try (var in = ShippedRoles.class.getResourceAsStream(DIRECTORY + file)) {
            return Serialization.unmarshal(new String(in.readAllBytes(), StandardCharsets.UTF_8), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
