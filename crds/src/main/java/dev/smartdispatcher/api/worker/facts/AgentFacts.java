package dev.smartdispatcher.api.worker.facts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the agent found out about its node, written by the agent alone, each minute, and sooner if it changed. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@RecordBuilder
public record AgentFacts(
        @Required @JsonPropertyDescription("When this was observed (RFC 3339, the node's clock).")
        Instant observedTime,

        @Min(-MAX_SKEW)
        @Max(MAX_SKEW)
        @JsonPropertyDescription(
                "By how many seconds the node's clock is ahead of the API server's; negative if it is behind.")
        Long clockSkewSeconds,

        @JsonPropertyDescription("Version of the agent.") String version,

        @JsonPropertyDescription("Architecture of the node, by its RPM/uname name.")
        String hostArch,

        @Size(max = 32) @JsonPropertyDescription("What the node can build, and how.")
        List<Target> targets,

        @Size(max = 8) @JsonPropertyDescription("Ways of isolation that were tried and work.")
        List<Isolation> isolation,

        @JsonPropertyDescription("The processor.") CpuFacts cpu,

        @JsonPropertyDescription("The speed of the processor at fixed work, measured once a boot.")
        SpeedIndex speedIndex,

        @JsonPropertyDescription("The memory.") MemoryFacts memory,

        @JsonPropertyDescription("The file system that builds use.")
        DiskFacts disk,

        @JsonPropertyDescription("The kernel.") KernelFacts kernel,

        @Size(max = 16)
        @JsonPropertyDescription(
                "What the node's system runs on: none, or the hypervisor, as kvm, xen, vmware; absent if that is not known.")
        String hypervisor,

        @Size(max = MOST_LOCAL)
        @JsonPropertyDescription("Local facts by their names: what files on the host state of it.")
        Map<String, @Size(max = LONGEST_VALUE) String> local,

        @JsonPropertyDescription("The load.") LoadFacts load,

        @JsonPropertyDescription("The budget for builds that the agent recommends.")
        Amounts recommendedLimits,

        @Size(max = 32) @JsonPropertyDescription("Facts that could not be found out, and why.")
        List<Problem> problems)
        implements AgentFactsBuilder.With {
    /** Of the clock, in seconds: 100 years, more than any clock tells that was never set. */
    public static final long MAX_SKEW = 3_155_760_000L;
    /** Of local facts of one worker. */
    public static final int MOST_LOCAL = 64;
    /** Of a local fact, in characters. */
    public static final int LONGEST_NAME = 63;
    /** Of a fact's value, in characters. */
    public static final int LONGEST_VALUE = 128;

    public AgentFacts {
        targets = targets == null ? List.of() : List.copyOf(targets);
        isolation = isolation == null ? List.of() : List.copyOf(isolation);
        local = local == null ? new TreeMap<>() : new TreeMap<>(local);
        problems = problems == null ? List.of() : List.copyOf(problems);
    }
}
