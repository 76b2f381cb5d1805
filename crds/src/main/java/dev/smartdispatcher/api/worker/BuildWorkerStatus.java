package dev.smartdispatcher.api.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.Amounts;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;

/** What is known of a worker: the agent writes agent, the operator everything else. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@RecordBuilder
public record BuildWorkerStatus(
        @JsonPropertyDescription("What the agent found out.")
        AgentFacts agent,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Architecture that the node serves as: spec.hostArch, by default the agent's; absent if it takes no jobs as its facts are invalid.")
        String hostArch,

        @Size(max = BuildWorkerStatus.MOST_CHECKS)
        @JsonPropertyDescription("What became of the WorkerChecks that are for this worker.")
        List<CheckResult> checks,

        @JsonPropertyDescription("What builds may use of the node.")
        Amounts budget,

        @JsonPropertyDescription("What live attempts have been given.")
        Amounts allocation,

        @JsonPropertyDescription("For which job room is kept, a few seconds late at most; absent where it is for none.")
        ReservedFor reservedFor,

        @JsonPropertyDescription(
                "What speaks against the worker by how builds end there; absent where nothing does, and nothing did of late.")
        Quarantine quarantine,

        @Size(max = 16)
        @JsonPropertyDescription("Schedulable, Drained, Healthy, and ClockSkewed once the node's clock has been wrong.")
        List<Condition> conditions)
        implements BuildWorkerStatusBuilder.With {
    public static final String SCHEDULABLE = "Schedulable";
    public static final String DRAINED = "Drained";
    /** Whether builds end on the worker as they do elsewhere; unknown during a trial. */
    public static final String HEALTHY = "Healthy";
    /** WorkerChecks that are run on one worker, at most. */
    public static final int MOST_CHECKS = 32;
    /** Set once the clock was wrong; a warning only, the worker takes jobs. */
    public static final String CLOCK_SKEWED = "ClockSkewed";

    /** Of a worker of which nothing is known. */
    public static final BuildWorkerStatus EMPTY =
            BuildWorkerStatusBuilder.builder().build();

    public BuildWorkerStatus {
        checks = checks == null ? List.of() : List.copyOf(checks);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    /** The condition of this type. */
    public Optional<Condition> condition(String type) {
        return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
    }
}
