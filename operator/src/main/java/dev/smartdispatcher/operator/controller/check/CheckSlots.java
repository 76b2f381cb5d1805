package dev.smartdispatcher.operator.controller.check;

import dev.smartdispatcher.operator.controller.cache.ClusterView;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many checks run in the whole farm at a time: one for twenty workers, at least one and at most {@value #MOST}. Knows
 * the pods that the operator has just created, and the caches do not show yet. Safe for use by several threads.
 */
final class CheckSlots {
    private static final int MOST = 20;
    private static final int WORKERS_FOR_ONE = 20;
    /** A pod that the caches do not show by then was never created, or is gone. */
    private static final Duration UNSEEN = Duration.ofSeconds(30);

    private final ClusterView cluster;
    private final Clock clock;
    private final Map<String, Started> started = new TreeMap<>();
    private final Set<String> waiting = new HashSet<>();

    private record Started(String pod, Instant at) {}

    CheckSlots(ClusterView cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** Whether a pod was created for a worker that the caches do not show yet. */
    synchronized boolean isStarting(String worker, List<Pod> shown) {
        var pod = started.get(worker);
        if (pod == null) {
            return false;
        }
        boolean seen = shown.stream().anyMatch(p -> p.getMetadata().getName().equals(pod.pod()));
        if (seen || isOld(pod)) {
            started.remove(worker);
            return false;
        }
        return true;
    }

    private boolean isOld(Started pod) {
        return Duration.between(pod.at(), clock.instant()).abs().compareTo(UNSEEN) > 0;
    }

    /**
     * Takes a slot for a pod that is about to be created.
     *
     * @param asked whether somebody waits for it, so that it need not wait for others
     * @return whether there was one; if not, the worker is told when one is free
     */
    synchronized boolean take(String worker, String pod, boolean asked) {
        started.values().removeIf(this::isOld);
        var busy = new HashSet<>(started.keySet());
        cluster.checkPods().forEach(p -> busy.add(CheckRunner.workerOf(p)));
        long most = Math.max(1, Math.min(MOST, cluster.workers().count() / WORKERS_FOR_ONE));
        if (!asked && busy.size() >= most) {
            waiting.add(worker);
            return false;
        }
        waiting.remove(worker);
        started.put(worker, new Started(pod, clock.instant()));
        return true;
    }

    /** No pod was created after all. */
    synchronized void giveBack(String worker) {
        started.remove(worker);
    }

    /** The workers that were refused a slot since this was asked last. */
    synchronized Set<String> takeWaiting() {
        var all = Set.copyOf(waiting);
        waiting.clear();
        return all;
    }
}
