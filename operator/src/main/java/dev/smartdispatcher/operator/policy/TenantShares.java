package dev.smartdispatcher.operator.policy;

import dev.smartdispatcher.api.policy.TenantRule;
import dev.smartdispatcher.operator.scheduler.fairshare.Share;
import java.util.List;
import java.util.Map;

/** What the rules of the policy entitle a namespace to. */
public final class TenantShares {
    private final List<TenantRule> rules;

    public TenantShares(List<TenantRule> rules) {
        this.rules = rules;
    }

    /** By the first rule that selects a namespace with these labels. */
    public Share of(Map<String, String> namespaceLabels) {
        return rules.stream()
                .filter(rule -> rule.namespaceSelector().matches(namespaceLabels))
                .findFirst()
                .map(rule -> new Share(rule.weight(), rule.maxJobs() == null ? Integer.MAX_VALUE : rule.maxJobs()))
                .orElse(Share.ORDINARY);
    }
}
