package dev.smartdispatcher.api.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.job.demand.DiskRequest;
import dev.smartdispatcher.api.job.demand.MemoryEnvelope;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;

/** What jobs get that do not say. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record JobDefaults(
        @JsonPropertyDescription("Memory as a function of N. Default: 512Mi and 512Mi.")
        MemoryEnvelope memory,

        @JsonPropertyDescription("Scratch disk. Default: 2Gi.")
        DiskRequest disk,

        @Min(1) @Max(31_536_000) @Default("86400") @JsonPropertyDescription("Longest run (seconds) of one attempt.")
        Integer activeDeadlineSeconds,

        @Min(0)
        @Max(31_536_000)
        @Default("86400")
        @JsonPropertyDescription(
                "How long (seconds) after its end a job is deleted, with its pods, their logs and everything else that"
                        + " is not in a claim.")
        Integer ttlSecondsAfterFinished,

        @Min(1)
        @Max(31_536_000)
        @JsonPropertyDescription(
                "Longest time (seconds) for which a build may neither write output nor use CPU. Absent: no limit.")
        Integer idleDeadlineSeconds,

        @Size(max = 1024) @JsonPropertyDescription("Image of WorkerChecks that name none. Empty: they must name one.")
        String checkImage) {
    private static final Quantity HALF_GI = new Quantity("512Mi");
    private static final Quantity TWO_GI = new Quantity("2Gi");
    private static final int DAY = 86_400;

    public static final JobDefaults STANDARD = new JobDefaults(null, null, null, null, null, null);

    public JobDefaults {
        var envelope = memory == null ? new MemoryEnvelope(null, null) : memory;
        memory = new MemoryEnvelope(
                envelope.base() == null ? HALF_GI : envelope.base(),
                envelope.perProcess() == null ? HALF_GI : envelope.perProcess());
        var asked = disk == null ? new DiskRequest(null, null) : disk;
        disk = new DiskRequest(asked.size() == null ? TWO_GI : asked.size(), asked.storageClassName());
        activeDeadlineSeconds = activeDeadlineSeconds == null ? Integer.valueOf(DAY) : activeDeadlineSeconds;
        ttlSecondsAfterFinished = ttlSecondsAfterFinished == null ? Integer.valueOf(DAY) : ttlSecondsAfterFinished;
        checkImage = checkImage == null ? "" : checkImage;
    }
}
