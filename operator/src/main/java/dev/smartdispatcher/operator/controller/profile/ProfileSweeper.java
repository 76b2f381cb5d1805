package dev.smartdispatcher.operator.controller.profile;

import dev.smartdispatcher.api.profile.BuildProfile;
import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes profiles of packages that nobody builds any more, and the oldest ones of a namespace that has too many. */
final class ProfileSweeper {
    static final Duration EACH = Duration.ofHours(1);
    /** Without a run for so long a profile goes. */
    static final Duration UNUSED = Duration.ofDays(180);
    /** Of one namespace: a distribution has some thousands of packages, for some pairs of architectures. */
    static final int MOST_IN_NAMESPACE = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(ProfileSweeper.class);

    private final KubernetesClient client;
    private final ClusterView cluster;
    private final Clock clock;

    ProfileSweeper(KubernetesClient client, ClusterView cluster, Clock clock) {
        this.client = client;
        this.cluster = cluster;
        this.clock = clock;
    }

    /** Deletes those that are unused. */
    void sweep() {
        var now = clock.instant();
        cluster.profiles()
                .all()
                .filter(profile -> isUnused(lastUse(profile), now))
                .forEach(this::delete);
    }

    static boolean isUnused(Instant lastUse, Instant now) {
        return lastUse.plus(UNUSED).isBefore(now);
    }

    /** Before one is created in a namespace: one more than it may have would cost everybody. */
    void makeRoom(String namespace) {
        var all = cluster.profiles()
                .all()
                .filter(profile -> namespace.equals(profile.getMetadata().getNamespace()))
                .toList();
        if (all.size() >= MOST_IN_NAMESPACE) {
            all.stream().min(Comparator.comparing(ProfileSweeper::lastUse)).ifPresent(this::delete);
        }
    }

    private static Instant lastUse(BuildProfile profile) {
        return Optional.ofNullable(profile.getStatus())
                .map(BuildProfileStatus::asOf)
                .orElseGet(() -> Instant.parse(profile.getMetadata().getCreationTimestamp()));
    }

    /** Unless it was written meanwhile, which is a conflict. One that cannot be deleted is left to the next time. */
    private void delete(BuildProfile profile) {
        try {
            client.resources(BuildProfile.class)
                    .inNamespace(profile.getMetadata().getNamespace())
                    .withName(profile.getMetadata().getName())
                    .lockResourceVersion(profile.getMetadata().getResourceVersion())
                    .delete();
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                    .log(
                            "BuildProfile {}/{} not deleted: {}",
                            profile.getMetadata().getNamespace(),
                            profile.getMetadata().getName(),
                            ApiFailure.reason(e));
        }
    }
}
