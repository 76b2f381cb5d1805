package dev.smartdispatcher.e2e.quickstart;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.profile.BuildProfile;
import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.operator.profile.ProfileKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits for objects to come to a state, as {@code kubectl wait} does. */
final class Waits {
    private static final int SECONDS = 180;

    private final KubernetesClient client;

    Waits(KubernetesClient client) {
        this.client = client;
    }

    /** Whether the object met the condition within three minutes: a machine may be slow. */
    <T> boolean until(Resource<T> object, Predicate<T> condition) {
        try {
            object.waitUntilCondition(o -> Objects.nonNull(o) && condition.test(o), SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (KubernetesClientTimeoutException e) {
            return false;
        }
    }

    boolean job(String name, Predicate<BuildJobStatus> condition) {
        return until(
                client.resources(BuildJob.class).inNamespace("default").withName(name),
                job -> job.getStatus() != null && condition.test(job.getStatus()));
    }

    /** The profile of a package on the workers of x86_64, for x86_64. */
    boolean profile(String packageName, Predicate<BuildProfileStatus> condition) {
        var name = new ProfileKey("default", packageName, "x86_64", "x86_64").name();
        return until(
                client.resources(BuildProfile.class).inNamespace("default").withName(name),
                profile -> profile.getStatus() != null && condition.test(profile.getStatus()));
    }

    boolean finished(String job) {
        return job(job, BuildJobStatus::finished);
    }
}
