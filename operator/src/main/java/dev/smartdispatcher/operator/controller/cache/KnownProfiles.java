package dev.smartdispatcher.operator.controller.cache;

import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.profile.BuildProfile;
import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.operator.controller.cache.Changes.JobRef;
import dev.smartdispatcher.operator.controller.informer.ObjectCaches;
import dev.smartdispatcher.operator.profile.ProfileCheck;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The profiles of packages, by what their builds were for. Safe for use by several threads. */
public final class KnownProfiles {
    private final ObjectCaches caches;
    private final Changes changes;

    KnownProfiles(ObjectCaches caches, Changes changes) {
        this.caches = caches;
        this.changes = changes;
    }

    /** Jobs that wait with a package get what its profile says now. */
    void learned(BuildProfile profile) {
        var status = profile.getStatus();
        if (status != null && status.packageName() != null && caches.jobs() != null) {
            var key = ObjectCaches.packageOf(profile.getMetadata().getNamespace(), status.packageName());
            caches.jobs().byIndex(ObjectCaches.BY_PACKAGE, key).forEach(job -> changes.job(JobRef.of(job)));
        }
    }

    /** Profiles of a job's package, of each host architecture that it may go to; none of a job that names no package. */
    public List<BuildProfileStatus> of(String namespace, BuildJobSpec spec) {
        if (spec.packageName() == null) {
            return List.of();
        }
        var hosts = spec.requiresOrNothing().hostArch();
        return caches
                .profiles()
                .byIndex(ObjectCaches.BY_PACKAGE, ObjectCaches.packageOf(namespace, spec.packageName()))
                .stream()
                .map(BuildProfile::getStatus)
                .filter(status -> spec.targetArch().equals(status.targetArch())
                        && ProfileCheck.isSound(status)
                        && (hosts.isEmpty() || hosts.contains(status.hostArch())))
                .toList();
    }

    public Stream<BuildProfile> all() {
        return caches.profiles().list();
    }

    public Optional<BuildProfile> named(String namespace, String name) {
        return caches.profiles().get(new ResourceID(name, namespace));
    }
}
