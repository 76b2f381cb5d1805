package dev.smartdispatcher.operator.policy;

import dev.smartdispatcher.api.policy.TenantLimit;
import dev.smartdispatcher.api.policy.TenantRule;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.fairshare.Share;
import dev.smartdispatcher.operator.scheduler.fairshare.WorkerLimit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
                .map(rule -> new Share(
                        rule.weight(),
                        rule.maxJobs() == null ? Integer.MAX_VALUE : rule.maxJobs(),
                        rule.limits().stream().map(TenantShares::limit).toList()))
                .orElse(Share.ORDINARY);
    }

    private static WorkerLimit limit(TenantLimit limit) {
        return new WorkerLimit(
                Optional.ofNullable(limit.hostArch()).flatMap(Architecture::of),
                Optional.ofNullable(limit.workerSelector()),
                limit.maxJobs());
    }
}
