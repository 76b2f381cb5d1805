package dev.smartdispatcher.operator.controller.dispatch;

import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.client.refusal.ApiRefusal.Verb;
import dev.smartdispatcher.operator.client.refusal.RefusalKind;
import dev.smartdispatcher.operator.controller.ElapsedTime;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.refusal.NamespaceHolds;
import dev.smartdispatcher.operator.scheduler.fairshare.NamespaceHold.Published;
import dev.smartdispatcher.operator.scheduler.job.JobKey;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the jobs of namespaces wait whose eviction guards are not written: at once if a namespace refuses, after some
 * tries where it may be over in a moment, and not at all where the API server does not answer. Used by the scheduling cycle only.
 */
final class GuardRefusals {
    private static final Logger LOG = LoggerFactory.getLogger(GuardRefusals.class);
    /** So many answers in a row that it could not be done are worth reporting. */
    static final int MOST_TRIES = 5;

    private final NamespaceHolds holds;
    /** Of namespaces for which nobody has asked for so long nothing is kept: they may be gone. */
    static final Duration FORGOTTEN = Duration.ofMinutes(10);

    /** By namespace, how often in a row the answer was that it could not be done. */
    private final Map<String, Tries> tries = new HashMap<>();

    private record Tries(int times, Instant last) {}

    GuardRefusals(NamespaceHolds holds) {
        this.holds = holds;
    }

    /** What came of raising the guards of namespaces. */
    void published(Set<String> namespaces, Map<String, KubernetesClientException> failures, Instant now) {
        tries.values().removeIf(t -> !ElapsedTime.isLess(t.last(), FORGOTTEN, now));
        for (var namespace : namespaces) {
            var failure = failures.get(namespace);
            if (failure != null) {
                LOG.atWarn()
                        .addKeyValue(LogKeys.STATUS_CODE, failure.getCode())
                        .log("eviction guard of {} not raised: {}", namespace, ApiFailure.reason(failure));
            }
            if (failure != null && ApiFailure.isAnswer(failure)) {
                tries.put(namespace, new Tries(times(namespace) + 1, now));
            } else {
                tries.remove(namespace);
            }
        }
    }

    /** Lets a job wait for the guard of its namespace. */
    void wait(JobKey job, KubernetesClientException failure, Instant now) {
        var kind =
                ApiFailure.refusal(Verb.Create, "poddisruptionbudgets", failure).kind();
        var passes = kind == RefusalKind.AskAgain || kind == RefusalKind.NotAuthorized || kind == RefusalKind.Overtaken;
        if (passes && times(job.namespace()) < MOST_TRIES) {
            holds.failing(job.namespace(), job.uid(), now);
            return;
        }
        var reason = kind == RefusalKind.Overtaken ? RefusalKind.AskAgain.reason() : kind.reason();
        var said = "the PodDisruptionBudget that holds off evictions is refused: " + ApiFailure.reason(failure);
        holds.refused(job.namespace(), job.uid(), new Published(reason, said), now);
    }

    private int times(String namespace) {
        return Optional.ofNullable(tries.get(namespace)).map(Tries::times).orElse(0);
    }
}
