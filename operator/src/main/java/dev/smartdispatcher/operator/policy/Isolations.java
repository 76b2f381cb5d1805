package dev.smartdispatcher.operator.policy;

import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.api.policy.IsolationRule;
import dev.smartdispatcher.api.worker.facts.Isolation;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which isolation a job may have, and which a worker can give: every one beyond Container needs a rule of the policy. */
public final class Isolations {
    private final List<IsolationRule> rules;

    public Isolations(List<IsolationRule> rules) {
        this.rules = rules;
    }

    /** Why a job of a namespace with these labels may not have it; empty if it may. */
    public Optional<String> refusal(JobIsolation wanted, String namespace, Map<String, String> namespaceLabels) {
        if (wanted == JobIsolation.Container) {
            return Optional.empty();
        }
        var rule = rule(wanted);
        if (rule.isEmpty()) {
            return Optional.of("requires.isolation " + wanted + " is not in the policy's spec.isolation");
        }
        return rule.get().namespaceSelector().matches(namespaceLabels)
                ? Optional.empty()
                : Optional.of("the policy's spec.isolation does not allow the namespace '" + namespace
                        + "' the requires.isolation " + wanted);
    }

    /** The extended resource that a pod asks one of to have it; empty if none is needed. */
    public Optional<String> device(JobIsolation wanted) {
        return rule(wanted).map(IsolationRule::resource).filter(name -> !name.isEmpty());
    }

    /**
     * What jobs can have on a worker.
     *
     * @param working what the agent tried and found working
     * @param devices extended resources that the Node offers
     * @param userNamespaces whether the Node's container runtime can give a pod a user namespace
     */
    public Set<JobIsolation> givenBy(Collection<Isolation> working, Set<String> devices, boolean userNamespaces) {
        var given = EnumSet.of(JobIsolation.Container);
        for (var rule : rules) {
            if (works(rule.name(), working, userNamespaces)
                    && (rule.resource().isEmpty() || devices.contains(rule.resource()))) {
                given.add(rule.name());
            }
        }
        return given;
    }

    /**
     * Where a check with an isolation can run, whomever the policy allows it: where it would work, with its device where it needs
     * one.
     *
     * @param working what the agent tried and found working
     * @param devices extended resources that the Node offers
     * @param userNamespaces whether the Node's container runtime can give a pod a user namespace
     */
    public Set<JobIsolation> checkable(Collection<Isolation> working, Set<String> devices, boolean userNamespaces) {
        var checkable = EnumSet.of(JobIsolation.Container);
        for (var isolation : JobIsolation.values()) {
            var device = device(isolation);
            if (works(isolation, working, userNamespaces)
                    && device.map(devices::contains).orElse(isolation != JobIsolation.KVM)) {
                checkable.add(isolation);
            }
        }
        return checkable;
    }

    private static boolean works(JobIsolation isolation, Collection<Isolation> working, boolean userNamespaces) {
        return switch (isolation) {
            case Container -> true;
            case UserNamespace -> userNamespaces && working.contains(Isolation.UserNamespace);
            // Root, which a change of root takes, is given in a user namespace only.
            case Chroot ->
                userNamespaces && working.contains(Isolation.UserNamespace) && working.contains(Isolation.Chroot);
            case KVM -> working.contains(Isolation.KVM);
        };
    }

    private Optional<IsolationRule> rule(JobIsolation isolation) {
        return rules.stream().filter(rule -> rule.name() == isolation).findFirst();
    }
}
