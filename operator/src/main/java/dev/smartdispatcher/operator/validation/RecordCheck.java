package dev.smartdispatcher.operator.validation;

import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What of a job's status can be read, and yet is nothing that an operator can go on from: it was not written by one. Acting on it
 * would fail in the same way again and again.
 */
public final class RecordCheck {
    /** As Kubernetes names Nodes and Pods, in at most 253 characters. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private final List<String> problems = new ArrayList<>();

    private RecordCheck() {}

    /** Sentences that begin with the field; none if the job can be led. */
    public static List<String> problems(BuildJobStatus status) {
        var check = new RecordCheck();
        for (int i = 0; i < status.conditions().size(); i++) {
            check.condition("status.conditions[" + i + "].", status.conditions().get(i));
        }
        for (int i = 0; i < status.attempts().size(); i++) {
            check.attempt("status.attempts[" + i + "].", status.attempts().get(i));
        }
        if (status.liveAttempt().isPresent() && check.isSet("status.allocation", status.allocation())) {
            check.allocation(status.allocation());
        }
        return List.copyOf(check.problems);
    }

    private void condition(String at, Condition condition) {
        isSet(at + "type", condition.type());
        isSet(at + "status", condition.status());
        isSet(at + "reason", condition.reason());
        isSet(at + "lastTransitionTime", condition.lastTransitionTime());
    }

    private void attempt(String at, Attempt attempt) {
        isSet(at + "number", attempt.number());
        name(at + "worker", attempt.worker());
        name(at + "pod", attempt.pod());
    }

    private void allocation(Allocation allocation) {
        name("status.allocation.worker", allocation.worker());
        if (isSet("status.allocation.hostArch", allocation.hostArch())
                && Architecture.of(allocation.hostArch()).isEmpty()) {
            problems.add("status.allocation.hostArch: " + Architecture.complaint(allocation.hostArch()));
        }
        isSet("status.allocation.mode", allocation.mode());
        isSet("status.allocation.parallelism", allocation.parallelism());
        amount("status.allocation.cpu", allocation.cpu());
        amount("status.allocation.memory", allocation.memory());
        amount("status.allocation.disk", allocation.disk());
        allocation.counted().forEach((name, units) -> {
            var field = "status.allocation.counted." + name;
            if (isSet(field, units) && units < 0) {
                problems.add(field + ": must not be negative");
            }
        });
    }

    private void amount(String field, Quantity amount) {
        if (!isSet(field, amount)) {
            return;
        }
        try {
            if (Quantities.bytes(amount) < 0) {
                problems.add(field + ": must not be negative");
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            problems.add(field + ": " + e.getMessage());
        }
    }

    private void name(String field, String name) {
        if (isSet(field, name) && !NAME.matcher(name).matches()) {
            problems.add(field + ": '" + name + "' is not a valid name");
        }
    }

    private boolean isSet(String field, Object value) {
        if (value == null) {
            problems.add(field + ": must be set");
        }
        return value != null;
    }
}
