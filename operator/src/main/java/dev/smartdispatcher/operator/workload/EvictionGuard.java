package dev.smartdispatcher.operator.workload;

import dev.smartdispatcher.api.Labels;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/**
 * The PodDisruptionBudget that holds off evictions of a namespace's builds, as {@code kubectl drain} makes them, until they
 * end, or may be evicted by the policy's evictAfterSeconds: as many pods have to be available as run. An integer {@code minAvailable} is the one form that holds pods of a custom
 * resource without an error in its status. Each pod that others could make it select would stand in for a build, which may then
 * be evicted.
 */
public final class EvictionGuard {
    /** Name of the one guard of a namespace: a pod with two budgets makes evictions fail for good. */
    public static final String NAME = "smart-dispatcher-builds";

    /** Worker pods, by the one label that nobody else may give to a pod; but for those that may be evicted by now. */
    public static final LabelSelector SELECTOR = new LabelSelectorBuilder()
            .addNewMatchExpression()
            .withKey(Labels.JOB_UID)
            .withOperator("Exists")
            .endMatchExpression()
            .addNewMatchExpression()
            .withKey(Labels.EVICTABLE)
            .withOperator("DoesNotExist")
            .endMatchExpression()
            .build();

    private EvictionGuard() {}

    /** The guard for {@code builds} attempts that may be running. */
    public static PodDisruptionBudget of(String namespace, int builds) {
        return new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .addToLabels(Labels.MANAGED_BY, Labels.OPERATOR)
                .endMetadata()
                .withNewSpec()
                .withNewMinAvailable(builds)
                .withSelector(SELECTOR)
                .endSpec()
                .build();
    }
}
