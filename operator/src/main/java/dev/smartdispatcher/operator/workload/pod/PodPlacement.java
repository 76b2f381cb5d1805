package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.api.policy.TaintToleration;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a pod runs: on its worker, by required node affinity, so that cordon, taints and the kubelet's own checks stay in force. */
public final class PodPlacement {
    /**
     * Annotations by which Cluster Autoscaler and Karpenter leave the node of a build alone: emptied, it would only be built again
     * elsewhere. An environment may say otherwise.
     */
    static final SortedMap<String, String> STAYS = Collections.unmodifiableSortedMap(new TreeMap<>(
            Map.of("cluster-autoscaler.kubernetes.io/safe-to-evict", "false", "karpenter.sh/do-not-disrupt", "true")));

    private PodPlacement() {}

    /** On the node of this name alone. */
    public static Affinity affinity(String worker) {
        return new AffinityBuilder()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .addNewMatchField()
                .withKey("metadata.name")
                .withOperator("In")
                .withValues(worker)
                .endMatchField()
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .build();
    }

    /** The tolerations of the policy, and those that leave it to the operator what becomes of builds on a node that is not reached. */
    public static List<Toleration> tolerations(List<TaintToleration> policy) {
        var tolerations = new ArrayList<Toleration>();
        for (var t : policy) {
            tolerations.add(new TolerationBuilder()
                    .withKey(t.key())
                    .withOperator(t.operator() == null ? "Equal" : t.operator().name())
                    .withValue(t.value())
                    .withEffect(t.effect() == null ? null : t.effect().name())
                    .build());
        }
        for (var key : List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")) {
            tolerations.add(new TolerationBuilder()
                    .withKey(key)
                    .withOperator("Exists")
                    .withEffect("NoExecute")
                    .build());
        }
        return tolerations;
    }
}
