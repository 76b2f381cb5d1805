package dev.smartdispatcher.operator.worker;

import dev.smartdispatcher.api.worker.BuildWorkerSpec;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.Amounts;
import dev.smartdispatcher.api.worker.facts.Target;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What cannot be true of a worker's facts and limits: sentences that name the field. A worker with any gets no job. */
final class FactsCheck {
    private final List<String> problems = new ArrayList<>();

    private FactsCheck() {}

    static List<String> problems(BuildWorkerSpec spec, AgentFacts facts) {
        var check = new FactsCheck();
        check.architectures(spec, facts);
        if (facts.memory() != null) {
            check.positive("status.agent.memory.total", facts.memory().total());
            check.notNegative("status.agent.memory.swap", facts.memory().swap());
        }
        if (facts.disk() != null) {
            check.notNegative("status.agent.disk.capacity", facts.disk().capacity());
            check.notNegative("status.agent.disk.free", facts.disk().free());
        }
        if (facts.cpu() != null && facts.cpu().threads() != null && facts.cpu().threads() <= 0) {
            check.problems.add("status.agent.cpu.threads: " + facts.cpu().threads() + " is not positive");
        }
        if (facts.disk() != null
                && facts.disk().freeInodes() != null
                && facts.disk().freeInodes() < 0) {
            check.problems.add("status.agent.disk.freeInodes: " + facts.disk().freeInodes() + " is negative");
        }
        if (facts.speedIndex() != null && facts.speedIndex().single() <= 0) {
            check.problems.add(
                    "status.agent.speedIndex.single: " + facts.speedIndex().single() + " is not positive");
        }
        check.amounts("status.agent.recommendedLimits", facts.recommendedLimits());
        check.amounts("spec.limits", spec == null ? null : spec.limits());
        if (spec != null && spec.cache() != null) {
            check.positive("spec.cache.size", spec.cache().size());
        }
        if (check.problems.isEmpty()) {
            check.complete(spec, facts);
        }
        return check.problems;
    }

    private void architectures(BuildWorkerSpec spec, AgentFacts facts) {
        if (facts.hostArch() != null) {
            name("status.agent.hostArch", facts.hostArch());
        }
        facts.targets().forEach(target -> name("status.agent.targets", target.arch()));
        if (spec != null && spec.hostArch() != null && !spec.hostArch().isEmpty()) {
            offered(spec.hostArch(), facts);
        } else if (facts.hostArch() == null) {
            problems.add("status.agent.hostArch: is not known");
        }
    }

    private void name(String field, String name) {
        if (Architecture.of(name).isEmpty()) {
            problems.add(field + ": " + Architecture.complaint(name));
        }
    }

    /** A node can be offered only as what it runs itself: else builds that count on that would all fail there. */
    private void offered(String name, AgentFacts facts) {
        var targets = facts.targets().stream()
                .filter(target -> target.mode() == Mode.Native || target.mode() == Mode.Compat)
                .map(Target::arch);
        var runs = Stream.concat(Stream.ofNullable(facts.hostArch()), targets)
                .distinct()
                .toList();
        if (Architecture.of(name).isEmpty()) {
            name("spec.hostArch", name);
        } else if (runs.isEmpty()) {
            problems.add("spec.hostArch: the agent does not tell what the node runs");
        } else if (!runs.contains(name)) {
            problems.add(
                    "spec.hostArch: the node does not run " + name + " itself, but only " + String.join(", ", runs));
        }
    }

    private void amounts(String field, Amounts amounts) {
        if (amounts != null) {
            notNegative(field + ".cpu", amounts.cpu());
            notNegative(field + ".memory", amounts.memory());
            notNegative(field + ".disk", amounts.disk());
            if (amounts.jobs() != null && amounts.jobs() < 0) {
                problems.add(field + ".jobs: " + amounts.jobs() + " is negative");
            }
        }
    }

    /** Each amount must come from the limits or from the agent: a worker of unknown size gets no job. */
    private void complete(BuildWorkerSpec spec, AgentFacts facts) {
        var limits = Budget.stated(spec, facts);
        missing("cpu", limits.cpu());
        missing("memory", limits.memory());
        missing("disk", limits.disk());
    }

    private void missing(String amount, Quantity quantity) {
        if (quantity == null) {
            problems.add("neither spec.limits." + amount + " nor status.agent.recommendedLimits." + amount + " is set");
        }
    }

    private void positive(String field, Quantity quantity) {
        if (quantity != null && value(field, quantity) == 0) {
            problems.add(field + ": is zero");
        }
        notNegative(field, quantity);
    }

    private void notNegative(String field, Quantity quantity) {
        if (quantity != null && value(field, quantity) < 0) {
            problems.add(field + ": " + quantity + " is negative");
        }
    }

    /** The amount in the finest unit that is counted in; 1 for what cannot be read, which is reported once. */
    private long value(String field, Quantity quantity) {
        try {
            return field.endsWith(".cpu") ? Quantities.millis(quantity) : Quantities.bytes(quantity);
        } catch (IllegalArgumentException | ArithmeticException e) {
            var problem = field + ": " + e.getMessage();
            if (!problems.contains(problem)) {
                problems.add(problem);
            }
            return 1;
        }
    }
}
