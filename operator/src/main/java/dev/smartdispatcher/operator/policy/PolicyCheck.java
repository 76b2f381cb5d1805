package dev.smartdispatcher.operator.policy;

import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.policy.DispatchPolicySpec;
import dev.smartdispatcher.api.policy.TaintToleration;
import dev.smartdispatcher.api.policy.TenantLimit;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.validation.Contradictions;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What is wrong with the policy, as sentences that name the field. */
public final class PolicyCheck {
    private final List<String> problems = new ArrayList<>();

    private PolicyCheck() {}

    /** All problems; none if the policy is valid. */
    public static List<String> problems(DispatchPolicySpec policy) {
        var check = new PolicyCheck();
        check.tolerations(policy.tolerations());
        var memory = policy.defaults().memory();
        check.amount("spec.defaults.memory.base", memory.base(), bytes -> bytes > 0, "must be positive");
        check.amount(
                "spec.defaults.memory.perProcess", memory.perProcess(), bytes -> bytes >= 0, "must not be negative");
        check.amount(
                "spec.defaults.disk.size", policy.defaults().disk().size(), bytes -> bytes > 0, "must be positive");
        for (int i = 0; i < policy.tenants().size(); i++) {
            check.selector(
                    "spec.tenants[" + i + "].namespaceSelector",
                    policy.tenants().get(i).namespaceSelector());
            var limits = policy.tenants().get(i).limits();
            for (int j = 0; j < limits.size(); j++) {
                check.limit("spec.tenants[" + i + "].limits[" + j + "]", limits.get(j));
            }
        }
        for (int i = 0; i < policy.isolation().size(); i++) {
            var rule = policy.isolation().get(i);
            check.selector("spec.isolation[" + i + "].namespaceSelector", rule.namespaceSelector());
            if (policy.isolation().subList(0, i).stream().anyMatch(r -> r.name() == rule.name())) {
                check.problems.add(
                        "spec.isolation[" + i + "].name: " + rule.name() + " is listed twice; the first entry applies");
            }
        }
        for (int i = 0; i < policy.nodeLabels().size(); i++) {
            var field = "spec.nodeLabels[" + i + "]: ";
            LabelNames.problemOfKey(policy.nodeLabels().get(i))
                    .ifPresent(problem -> check.problems.add(field + problem));
        }
        for (int i = 0; i < policy.installers().size(); i++) {
            check.selector(
                    "spec.installers[" + i + "].namespaceSelector",
                    policy.installers().get(i).namespaceSelector());
        }
        return check.problems;
    }

    /** Those that every worker pod would be refused for: no job can start. */
    public static List<String> ofPods(DispatchPolicySpec policy) {
        var check = new PolicyCheck();
        check.tolerations(policy.tolerations());
        return check.problems;
    }

    private void tolerations(List<TaintToleration> tolerations) {
        for (int i = 0; i < tolerations.size(); i++) {
            var toleration = tolerations.get(i);
            var field = "spec.tolerations[" + i + "].";
            boolean exists = toleration.operator() == TaintToleration.Operator.Exists;
            var key = Optional.ofNullable(toleration.key()).orElse("");
            var value = Optional.ofNullable(toleration.value()).orElse("");
            if (key.isEmpty() && !exists) {
                problems.add(field + "operator: " + TaintToleration.EVERY_TAINT);
            }
            if (exists && !value.isEmpty()) {
                problems.add(field + "value: " + TaintToleration.EXISTS);
            }
            if (!key.isEmpty()) {
                LabelNames.problemOfKey(key).ifPresent(problem -> problems.add(field + "key: " + problem));
            }
            LabelNames.problemOfValue(value).ifPresent(problem -> problems.add(field + "value: " + problem));
        }
    }

    private void amount(String field, Quantity amount, Predicate<Long> right, String rule) {
        try {
            if (!right.test(Quantities.bytes(amount))) {
                problems.add(field + ": " + rule + ", but is " + amount);
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            problems.add(field + ": " + e.getMessage());
        }
    }

    private void limit(String field, TenantLimit limit) {
        if (limit.hostArch() != null && Architecture.of(limit.hostArch()).isEmpty()) {
            problems.add(field + ".hostArch: " + Architecture.complaint(limit.hostArch()));
        }
        if (limit.workerSelector() != null) {
            selector(field + ".workerSelector", limit.workerSelector(), "worker");
        }
    }

    private void selector(String field, LabelSelector selector) {
        selector(field, selector, "namespace");
    }

    /** A selector that can select nothing selects something else than was meant. */
    private void selector(String field, LabelSelector selector, String selected) {
        selector.terms().forEach(term -> {
            LabelNames.problemOfKey(term.key()).ifPresent(problem -> problems.add(field + ": " + problem));
            Optional.ofNullable(term.values()).orElse(List.of()).stream()
                    .flatMap(value -> LabelNames.problemOfValue(value).stream())
                    .forEach(problem -> problems.add(field + ": " + problem));
        });
        if (Contradictions.betweenLabelsAndTerms(selector)
                || Contradictions.amongTerms(selector)
                || Contradictions.amongValues(selector)) {
            problems.add(field + ": no " + selected + " can satisfy all of its terms");
        }
    }
}
