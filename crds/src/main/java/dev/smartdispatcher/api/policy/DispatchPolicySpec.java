package dev.smartdispatcher.api.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.CountedNames;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** How the farm is run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = CountedNames.CEL, message = CountedNames.RULE, fieldPath = ".counted")
public record DispatchPolicySpec(
        @Size(max = 256)
        @JsonPropertyDescription(
                "Weights and limits of tenants. Each namespace is a tenant; the first rule that selects it counts.")
        List<TenantRule> tenants,

        @Min(60)
        @Max(31_536_000)
        @Default("14400")
        @JsonPropertyDescription("Time (seconds) after which half of what a tenant has used is forgotten.")
        Integer usageHalfLifeSeconds,

        @Min(1)
        @Max(100)
        @Default("25")
        @JsonPropertyDescription(
                "Largest share (percent) of the farm's cores that workers with room reserved for waiting jobs may have,"
                        + " for all tenants together. One worker may always be reserved.")
        Integer maxReservedPercent,

        @JsonPropertyDescription("What jobs get that do not say.")
        JobDefaults defaults,

        @JsonPropertyDescription("How much longer builds take in each mode (percent of the native time).")
        ModePenalty modePenaltyPercent,

        @Size(max = 4) @JsonPropertyDescription("Who may have what isolation beyond Container, and by which device.")
        List<IsolationRule> isolation,

        @Size(max = 64) @JsonPropertyDescription("Tolerations of worker pods, as farms taint their build nodes.")
        List<TaintToleration> tolerations,

        @Size(max = 32)
        @JsonPropertyDescription(
                "Keys of labels of Nodes that requires.workerSelector sees, as labels of their workers. Labels of a"
                        + " BuildWorker with these keys do not count.")
        List<@Size(min = 1, max = 317) String> nodeLabels,

        @Size(max = 253)
        @Pattern("^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$")
        @JsonPropertyDescription("PriorityClass of worker pods. Empty: the cluster's default.")
        String priorityClassName,

        @JsonPropertyDescription("How much is kept of the logs of builds that have a results claim.")
        KeptLogs logs,

        @JsonPropertyDescription("How much is kept of the results of builds that failed.")
        FailedResults failedResults,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Who may have which installer of environments with more rights than builds have. Rules add up.")
        List<InstallerRule> installers,

        @Default("RaiseOnly")
        @JsonPropertyDescription(
                "What the dispatcher does with what BuildProfiles have learned: Off, nothing; RaiseOnly, jobs get more"
                        + " than they request where past builds needed more; Replace, they get the memory that past"
                        + " builds needed, be it less.")
        ProfileUse profiles,

        @Size(max = CountedNames.MOST)
        @JsonPropertyDescription(
                "Licences and other things that no device plugin counts: how many the farm has of each. Jobs ask for them"
                        + " in resources.counted. A smaller number stops no build; nothing is granted until what runs fits.")
        Map<String, @Min(0) @Max(CountedNames.MOST_UNITS) Integer> counted,

        @Min(0)
        @Max(31_536_000)
        @JsonPropertyDescription(
                "How long (seconds) after its Node was cordoned evictions of a worker's builds are held off, as by kubectl drain."
                        + " Then they are let through, and the builds are repeated as retry.onWorkerLost says. Default: until"
                        + " they end.")
        Integer evictAfterSeconds) {
    private static final int HALF_LIFE_SECONDS = 14_400;
    private static final int RESERVED_PERCENT = 25;
    public static final DispatchPolicySpec STANDARD = new DispatchPolicySpec(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    public DispatchPolicySpec {
        tenants = tenants == null ? List.of() : List.copyOf(tenants);
        usageHalfLifeSeconds = usageHalfLifeSeconds == null ? Integer.valueOf(HALF_LIFE_SECONDS) : usageHalfLifeSeconds;
        maxReservedPercent = maxReservedPercent == null ? Integer.valueOf(RESERVED_PERCENT) : maxReservedPercent;
        isolation = isolation == null ? List.of() : List.copyOf(isolation);
        defaults = defaults == null ? JobDefaults.STANDARD : defaults;
        modePenaltyPercent = modePenaltyPercent == null ? ModePenalty.STANDARD : modePenaltyPercent;
        tolerations = tolerations == null ? List.of() : List.copyOf(tolerations);
        nodeLabels = nodeLabels == null ? List.of() : List.copyOf(nodeLabels);
        priorityClassName = priorityClassName == null ? "" : priorityClassName;
        logs = logs == null ? new KeptLogs(null) : logs;
        failedResults = failedResults == null ? new FailedResults(null) : failedResults;
        installers = installers == null ? List.of() : List.copyOf(installers);
        profiles = profiles == null ? ProfileUse.RaiseOnly : profiles;
        counted = CountedNames.copy(counted);
    }
}
