package dev.smartdispatcher.operator.policy;

import dev.smartdispatcher.api.policy.TenantRule;
import java.util.List;
import java.util.Map;

/**
 * What a namespace gets of the farm.
 *
 * @param weight its share relative to those of others; positive
 * @param maxJobs number of jobs that it may have dispatched at a time; {@link Integer#MAX_VALUE} for no limit
 */
public record Tenant(int weight, int maxJobs) {
    /** Of a namespace that no rule selects. */
    public static final Tenant ORDINARY = new Tenant(1, Integer.MAX_VALUE);

    /** By the first rule that selects a namespace with these labels. */
    public static Tenant of(Map<String, String> namespaceLabels, List<TenantRule> rules) {
        return rules.stream()
                .filter(rule -> rule.namespaceSelector().matches(namespaceLabels))
                .findFirst()
                .map(rule -> new Tenant(rule.weight(), rule.maxJobs() == null ? Integer.MAX_VALUE : rule.maxJobs()))
                .orElse(ORDINARY);
    }
}
