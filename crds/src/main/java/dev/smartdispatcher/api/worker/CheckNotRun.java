package dev.smartdispatcher.api.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Excerpt;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;

/** That a WorkerCheck could not be run: its pod did not start. An earlier result stands until it expires. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckNotRun(
        @Required @JsonPropertyDescription("When it was last tried (RFC 3339).")
        Instant time,

        @Required @Min(1) @Max(1_000_000) @JsonPropertyDescription("How often in a row it was tried.")
        Integer times,

        @Size(max = CheckResult.LONGEST_MESSAGE) @JsonPropertyDescription("Why it did not start.")
        String message) {
    private static final int MOST = 1_000_000;

    public CheckNotRun {
        times = times == null ? 1 : Math.min(times, MOST);
        message = message == null ? null : Excerpt.beginning(message, CheckResult.LONGEST_MESSAGE);
    }
}
