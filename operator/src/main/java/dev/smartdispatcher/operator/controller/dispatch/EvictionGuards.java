package dev.smartdispatcher.operator.controller.dispatch;

import dev.smartdispatcher.operator.controller.ElapsedTime;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.informer.Pages;
import dev.smartdispatcher.operator.scheduler.model.AssumedClaims;
import dev.smartdispatcher.operator.workload.EvictionGuard;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps one {@link EvictionGuard} a namespace: raised before the pods that it guards are created, lowered half a minute
 * later than it could be, so that a busy namespace costs no write. Called by the scheduling cycle only, hence by one thread of the
 * leader.
 */
final class EvictionGuards {
    private static final String FIELD_MANAGER = "smart-dispatcher-operator";
    private static final Duration LOWER_EACH = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final ClusterView cluster;
    private final AssumedClaims ledger;
    private final Clock clock;
    /** By namespace, the builds that its guard is known to hold; null until they have been asked for. */
    private Map<String, Integer> held;

    private Instant lowered = Instant.MIN;

    EvictionGuards(KubernetesClient client, ClusterView cluster, AssumedClaims ledger, Clock clock) {
        this.client = client;
        this.cluster = cluster;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Makes the guards hold what runs and what was just decided, which the ledger has to assume by now.
     *
     * @return why builds of a namespace are not guarded, for those of {@code namespaces} that are not
     */
    Map<String, KubernetesClientException> raise(Set<String> namespaces) {
        return each(namespaces, namespace -> {
            int builds = builds(namespace);
            if (builds > held().getOrDefault(namespace, 0)) {
                write(namespace, builds);
            }
        });
    }

    /**
     * Lowers guards to what runs, if that was not done a short while ago, and deletes those of namespaces without builds.
     *
     * @return why a namespace's guard is as it was, for those where it should not be
     * @throws KubernetesClientException if it cannot be found out which there are
     */
    Map<String, KubernetesClientException> lower() {
        var now = clock.instant();
        if (ElapsedTime.isLess(lowered, LOWER_EACH, now)) {
            return Map.of();
        }
        lowered = now;
        // Asked again each time: somebody may have deleted or changed one.
        held = null;
        return each(Set.copyOf(held().keySet()), namespace -> {
            int builds = builds(namespace);
            if (builds == 0) {
                delete(namespace);
            } else if (builds != held().get(namespace)) {
                write(namespace, builds);
            }
        });
    }

    private static Map<String, KubernetesClientException> each(Set<String> namespaces, Consumer<String> work) {
        var failures = new HashMap<String, KubernetesClientException>();
        for (var namespace : namespaces) {
            try {
                work.accept(namespace);
            } catch (KubernetesClientException e) {
                failures.put(namespace, e);
            }
        }
        return failures;
    }

    /**
     * What may be running, or is about to. A decision that the caches do not show yet may be anywhere; one that they show
     * already, while the ledger still assumes it, counts once.
     */
    private int builds(String namespace) {
        var jobs = ledger.assumed();
        cluster.liveIn(namespace).forEach(job -> jobs.add(job.getMetadata().getUid()));
        return jobs.size();
    }

    private Map<String, Integer> held() {
        if (held == null) {
            held = new HashMap<>();
            Pages.each(
                    client.policy()
                            .v1()
                            .podDisruptionBudget()
                            .inAnyNamespace()
                            .withField("metadata.name", EvictionGuard.NAME),
                    guard -> held.put(guard.getMetadata().getNamespace(), holds(guard)));
        }
        return held;
    }

    /** None, if somebody has made it say something else than a number, or of other pods. */
    private static int holds(PodDisruptionBudget guard) {
        return Optional.ofNullable(guard.getSpec())
                .filter(spec -> EvictionGuard.SELECTOR.equals(spec.getSelector()))
                .map(PodDisruptionBudgetSpec::getMinAvailable)
                .map(IntOrString::getIntVal)
                .orElse(0);
    }

    private void write(String namespace, int builds) {
        var guard = EvictionGuard.of(namespace, builds);
        if (held().containsKey(namespace)) {
            apply(guard);
        } else {
            create(guard);
        }
        held().put(namespace, builds);
    }

    private void create(PodDisruptionBudget guard) {
        try {
            client.resource(guard).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            // Somebody else's of this name, without the label: it is the guard from now on.
            apply(guard);
        }
    }

    private void apply(PodDisruptionBudget guard) {
        client.resource(guard).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
    }

    private void delete(String namespace) {
        client.resource(EvictionGuard.of(namespace, 0)).delete();
        held().remove(namespace);
    }
}
