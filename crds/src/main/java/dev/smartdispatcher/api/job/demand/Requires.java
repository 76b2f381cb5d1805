package dev.smartdispatcher.api.job.demand;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.arch.ArchitectureRule;
import dev.smartdispatcher.arch.Mode;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Hard requirements on the worker; every field is optional. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.hostArch) || self.hostArch.all(a, a in " + ArchitectureRule.NAMES + ")",
        message = Requires.HOST_ARCH,
        fieldPath = ".hostArch")
@ValidationRule(value = Requires.CEL_SIZE, message = Requires.SIZE)
@ValidationRule(value = Requires.CEL_ISOLATION, message = Requires.ISOLATION, fieldPath = ".notIsolation")
@ValidationRule(value = Requires.CEL_FACTS, message = Requires.FACTS, fieldPath = ".facts")
@ValidationRule(value = Requires.CEL_COMPARED, message = Requires.COMPARED, fieldPath = ".facts")
@ValidationRule(value = Requires.CEL_SELECTOR, message = Requires.SELECTOR, fieldPath = ".workerSelector")
@ValidationRule(value = Requires.CEL_TERMS, message = Requires.TERMS, fieldPath = ".workerSelector.matchExpressions")
@ValidationRule(value = Requires.CEL_VALUES, message = Requires.VALUES, fieldPath = ".workerSelector.matchExpressions")
public record Requires(
        @Size(max = 16) @JsonPropertyDescription("Architectures of the worker itself; empty: any.")
        List<@Size(max = 16) String> hostArch,

        @Size(max = 4)
        @JsonPropertyDescription("Ways of building the target: Native, Compat, Cross, Emulated; empty: any.")
        List<Mode> modes,

        @JsonPropertyDescription(
                "Container, UserNamespace, Chroot or KVM, as the policy allows the namespace. Default: Container.")
        JobIsolation isolation,

        @Size(max = 4)
        @JsonPropertyDescription("Ways of isolation that the worker must not offer to jobs of the namespace.")
        List<JobIsolation> notIsolation,

        @JsonPropertyDescription("CPU flags.") CpuFlags cpuFlags,

        @JsonPropertyDescription("Kernel version and flavour.")
        KernelRange kernel,

        @Min(1)
        @Max(100_000)
        @JsonPropertyDescription("Least speed of one thread, as the worker's status.agent.speedIndex.single.")
        Integer minSpeed,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Facts that the worker must have, by their names: hypervisor, local.NAME, check.NAME.KEY.")
        Map<String, FactMatch> facts,

        @Size(max = 16)
        @JsonPropertyDescription("WorkerChecks that the worker must have passed, with results that have not expired.")
        List<@Size(max = 63) String> checks,

        @JsonPropertyDescription(
                "Selector on the BuildWorker's labels, and on those of its Node that the policy names in nodeLabels.")
        LabelSelector workerSelector) {
    /**
     * Characters of text of cpuFlags, facts and workerSelector: the operator keeps them of each job. Ten times what a long list of flags
     * and labels has; without it the keys of labels alone could have a megabyte.
     */
    public static final int MOST_TEXT = 16 << 10;

    public static final String SIZE =
            "requires.cpuFlags, requires.facts and requires.workerSelector must not have more than 16384 characters of text"
                    + " in all";
    public static final String ISOLATION =
            "requires.notIsolation must hold neither Container, which every worker offers, nor requires.isolation";
    public static final String FACTS = "requires.facts must name hypervisor, or facts that begin with local. or check.";
    public static final String HOST_ARCH =
            "requires.hostArch must hold names of x86_64, i586, aarch64, armv7l, ppc64le, s390x, riscv64, ppc64, armv6l, loongarch64 only";
    public static final String SELECTOR =
            "requires.workerSelector must not ask for a label in matchLabels and forbid it in matchExpressions";
    public static final String TERMS =
            "requires.workerSelector.matchExpressions must not ask for a label and forbid it";
    public static final String VALUES =
            "requires.workerSelector.matchExpressions must not forbid all values that it asks for: In and NotIn of one key";
    public static final String COMPARED =
            "requires.facts must each be compared by exactly one of equals, in and atLeast";
    static final String CEL_SIZE =
            "(has(self.facts) ? self.facts.map(k, size(k) + (has(self.facts[k].equals) ? size(self.facts[k].equals) : 0)"
                    + " + (has(self.facts[k].__in__) ? self.facts[k].__in__.map(v, size(v)).sum() : 0)).sum() : 0) + "
                    + "(has(self.cpuFlags) && has(self.cpuFlags.all) ? self.cpuFlags.all.map(f, size(f)).sum() : 0)"
                    + " + (has(self.cpuFlags) && has(self.cpuFlags.none) ? self.cpuFlags.none.map(f, size(f)).sum() : 0)"
                    + " + (has(self.workerSelector) && has(self.workerSelector.matchLabels) ?"
                    + " self.workerSelector.matchLabels.map(k, size(k) + size(self.workerSelector.matchLabels[k])).sum() : 0)"
                    + " + (has(self.workerSelector) && has(self.workerSelector.matchExpressions) ?"
                    + " self.workerSelector.matchExpressions.map(e, size(e.key) + (has(e.values) ?"
                    + " e.values.map(v, size(v)).sum() : 0)).sum() : 0) <= "
                    + MOST_TEXT;
    static final String CEL_ISOLATION = "!has(self.notIsolation) || !self.notIsolation.exists(i, i == 'Container'"
            + " || (has(self.isolation) && i == self.isolation))";
    static final String CEL_FACTS = "!has(self.facts) || self.facts.all(k, k == 'hypervisor' || k.startsWith('local.')"
            + " || k.startsWith('check.'))";
    /** CEL spells the field {@code in} so, because the word is its own. */
    static final String CEL_COMPARED = "!has(self.facts) || self.facts.all(k, (has(self.facts[k].equals) ? 1 : 0)"
            + " + (has(self.facts[k].__in__) && size(self.facts[k].__in__) > 0 ? 1 : 0)"
            + " + (has(self.facts[k].atLeast) ? 1 : 0) == 1)";

    static final String CEL_SELECTOR = "!has(self.workerSelector) || !has(self.workerSelector.matchLabels) ||"
            + " !has(self.workerSelector.matchExpressions) || self.workerSelector.matchExpressions.all(e,"
            + " !(e.key in self.workerSelector.matchLabels) || e.operator == 'Exists' || (e.operator != 'DoesNotExist' &&"
            + " (!has(e.values) || (self.workerSelector.matchLabels[e.key] in e.values) == (e.operator == 'In'))))";
    static final String CEL_TERMS = "!has(self.workerSelector) || !has(self.workerSelector.matchExpressions) ||"
            + " self.workerSelector.matchExpressions.all(e, e.operator != 'DoesNotExist' ||"
            + " self.workerSelector.matchExpressions.all(f, f.key != e.key || !(f.operator in ['Exists', 'In'])))";
    /** Some value of each In is none that another term forbids. */
    static final String CEL_VALUES = "!has(self.workerSelector) || !has(self.workerSelector.matchExpressions) ||"
            + " self.workerSelector.matchExpressions.all(e, e.operator != 'In' || !has(e.values) || e.values.exists(v,"
            + " self.workerSelector.matchExpressions.all(f, f.key != e.key || !(f.operator in ['In', 'NotIn']) ||"
            + " !has(f.values) || (v in f.values) == (f.operator == 'In'))))";
    /** Nothing is required. */
    public static final Requires NOTHING = new Requires(null, null, null, null, null, null, null, null, null, null);

    public Requires {
        hostArch = hostArch == null ? List.of() : List.copyOf(hostArch);
        modes = modes == null ? List.of() : List.copyOf(modes);
        notIsolation = notIsolation == null ? List.of() : List.copyOf(notIsolation);
        facts = facts == null ? new TreeMap<>() : new TreeMap<>(facts);
        checks = checks == null ? List.of() : List.copyOf(checks);
    }

    /** Whether a worker may have a fact of this name. */
    public static boolean isFact(String name) {
        return name.equals("hypervisor") || name.startsWith("local.") || name.startsWith("check.");
    }

    /** isolation, or Container. */
    public JobIsolation isolationOrDefault() {
        return isolation == null ? JobIsolation.Container : isolation;
    }
}
