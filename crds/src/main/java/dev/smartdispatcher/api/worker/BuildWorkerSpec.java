package dev.smartdispatcher.api.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.worker.facts.Amounts;
import dev.smartdispatcher.arch.ArchitectureRule;
import dev.smartdispatcher.arch.QuantityForm;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** What the administrator wants of a worker; the agent creates it empty. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.limits) || ((!has(self.limits.cpu) || !string(self.limits.cpu)" + QuantityForm.CEL_NEGATIVE
                + ") && (!has(self.limits.memory) || !string(self.limits.memory)" + QuantityForm.CEL_NEGATIVE
                + ") && (!has(self.limits.disk) || !string(self.limits.disk)" + QuantityForm.CEL_NEGATIVE + "))",
        message = BuildWorkerSpec.LIMITS,
        fieldPath = ".limits")
public record BuildWorkerSpec(
        @JsonPropertyDescription("The node's budget for builds. Default: status.agent.recommendedLimits.")
        Amounts limits,

        @Size(max = 16)
        @ValidationRule(value = "self == '' || self in " + ArchitectureRule.NAMES, message = BuildWorkerSpec.HOST_ARCH)
        @JsonPropertyDescription(
                "Offer the node as one of this architecture, as i586 on x86_64; empty: as the agent found it.")
        String hostArch,

        @JsonPropertyDescription(
                "Keeps prepared roots, and what jobs have in cache.path, on the worker. Absent: nothing is kept.")
        WorkerCache cache) {
    public static final String LIMITS = "limits must not be negative";
    public static final String HOST_ARCH =
            "hostArch must be empty or one of x86_64, i586, aarch64, armv7l, ppc64le, s390x, riscv64, ppc64, armv6l, loongarch64";
}
