package dev.smartdispatcher.api.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Sentence;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/** What speaks against a worker by how builds end there, and what follows: quarantine, trial, and for a while the memory of both. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@RecordBuilder
public record Quarantine(
        @JsonPropertyDescription(
                "When the quarantine began (RFC 3339); absent if the worker is only suspect, or has passed its trial.")
        Instant since,

        @JsonPropertyDescription("When it ends and the trial begins (RFC 3339).")
        Instant until,

        @Min(0)
        @Max(Quarantine.HIGHEST_LEVEL)
        @JsonPropertyDescription(
                "Number of quarantines, less one for each day without one: each lasts twice as long as the one before.")
        Integer level,

        @JsonPropertyDescription(
                "When the last quarantine ended (RFC 3339), by a trial or since builds failed everywhere: evidence before that is void.")
        Instant passed,

        @Size(max = Quarantine.MOST_EVIDENCE)
        @JsonPropertyDescription("The failures that speak against the worker, the latest last.")
        List<String> evidence)
        implements QuarantineBuilder.With {
    public static final int HIGHEST_LEVEL = 100;
    public static final int MOST_EVIDENCE = 8;

    /** Nothing speaks against the worker, and never did. */
    public static final Quarantine NONE = new Quarantine(null, null, null, null, List.of());

    public Quarantine {
        evidence = evidence == null
                ? List.of()
                : evidence.stream().map(Sentence::of).toList();
    }

    /** Whether the worker is quarantined, or on trial after it. */
    public boolean inForce() {
        return since != null && until != null;
    }
}
