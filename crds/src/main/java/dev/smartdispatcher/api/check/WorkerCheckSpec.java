package dev.smartdispatcher.api.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.ObjectReference;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What is run, where, how often, and what follows from it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@RecordBuilder
@ValidationRule(
        value = "self.expireAfterSeconds >= self.intervalSeconds + self.timeoutSeconds",
        message = WorkerCheckSpec.EXPIRY,
        fieldPath = ".expireAfterSeconds")
@ValidationRule(
        value = "!has(self.withdrawsIsolation) || !self.withdrawsIsolation ||"
                + " (has(self.isolation) && self.isolation != 'Container')",
        message = WorkerCheckSpec.WITHDRAWS,
        fieldPath = ".withdrawsIsolation")
public record WorkerCheckSpec(
        @Size(max = 1024)
        @JsonPropertyDescription(
                "Image with a POSIX shell and cat, dd, mkfifo, sleep, tr. Empty: the policy's defaults.checkImage.")
        String image,

        @Size(max = 16) @JsonPropertyDescription("Secrets of the operator's namespace to pull the image with.")
        List<ObjectReference> imagePullSecrets,

        @Required
        @Size(min = 1, max = 16384)
        @JsonPropertyDescription(
                "Run by /bin/sh -c. Exit code 0: the worker passes; 125: the script cannot tell, which is no result;"
                        + " any other: it fails. Lines key=value that it prints become facts"
                        + " check.NAME.KEY of the worker.")
        String script,

        @Min(60)
        @Max(2_592_000)
        @Default("3600")
        @JsonPropertyDescription("Time (seconds) between two runs on a worker.")
        Integer intervalSeconds,

        @Min(1) @Max(3600) @Default("30") @JsonPropertyDescription("Longest run (seconds); a longer one has failed.")
        Integer timeoutSeconds,

        @JsonPropertyDescription("What its pod gets. Builds never get the largest amounts of all checks of a worker.")
        CheckResources resources,

        @JsonPropertyDescription(
                "What a job with this isolation gets, the script gets, too. It runs only on workers that offer it."
                        + " Default: Container.")
        JobIsolation isolation,

        @Default("false")
        @JsonPropertyDescription("True: a worker that fails it does not offer the isolation until it passes again.")
        Boolean withdrawsIsolation,

        @Min(60)
        @Max(7_776_000)
        @Default("10800")
        @JsonPropertyDescription("How long (seconds) a result counts after the end of its run.")
        Integer expireAfterSeconds,

        @Default("false") @JsonPropertyDescription("True: a worker that has not passed it takes no job at all.")
        Boolean mandatory,

        @JsonPropertyDescription("Selects BuildWorkers by their labels. Default: all.")
        LabelSelector workerSelector)
        implements WorkerCheckSpecBuilder.With {
    public static final String EXPIRY =
            "expireAfterSeconds must be at least intervalSeconds + timeoutSeconds, or no result would last until the next";
    public static final String WITHDRAWS =
            "withdrawsIsolation must be false where isolation is Container, which every job has";

    private static final int HOUR = 3600;
    private static final int HALF_MINUTE = 30;
    private static final int THREE_HOURS = 10_800;

    public WorkerCheckSpec {
        image = image == null ? "" : image;
        imagePullSecrets = imagePullSecrets == null ? List.of() : List.copyOf(imagePullSecrets);
        intervalSeconds = intervalSeconds == null ? Integer.valueOf(HOUR) : intervalSeconds;
        timeoutSeconds = timeoutSeconds == null ? Integer.valueOf(HALF_MINUTE) : timeoutSeconds;
        resources = resources == null ? CheckResources.STANDARD : resources;
        isolation = isolation == null ? JobIsolation.Container : isolation;
        withdrawsIsolation = Boolean.TRUE.equals(withdrawsIsolation);
        expireAfterSeconds = expireAfterSeconds == null ? Integer.valueOf(THREE_HOURS) : expireAfterSeconds;
        mandatory = Boolean.TRUE.equals(mandatory);
    }

    /** Time between two runs on a worker. */
    public Duration interval() {
        return Duration.ofSeconds(intervalSeconds);
    }

    /** Longest run. */
    public Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }

    /** How long a result counts. */
    public Duration expireAfter() {
        return Duration.ofSeconds(expireAfterSeconds);
    }

    /** Whether it is for a worker with these labels. */
    public boolean selects(Map<String, String> labels) {
        return workerSelector == null || workerSelector.matches(labels);
    }
}
