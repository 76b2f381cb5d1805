package dev.smartdispatcher.api.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.EnvSource;
import dev.smartdispatcher.api.EnvVariable;
import dev.smartdispatcher.api.ObjectReference;
import dev.smartdispatcher.api.job.demand.BuildResources;
import dev.smartdispatcher.api.job.demand.Expense;
import dev.smartdispatcher.api.job.demand.Parallelism;
import dev.smartdispatcher.api.job.demand.Requires;
import dev.smartdispatcher.arch.ArchitectureRule;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.crd.generator.annotation.SelectableField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** What is to be built and how; immutable once allocated but for what is {@link Mutable}. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.volumeMounts) || self.volumeMounts.all(m, has(self.volumes) && self.volumes.exists(v,"
                + " v.name == m.name))",
        message = BuildJobSpec.MOUNTS,
        fieldPath = ".volumeMounts")
@ValidationRule(
        value =
                "!has(self.cache) || !has(self.volumeMounts) || self.volumeMounts.all(m, m.mountPath != self.cache.path)",
        message = BuildJobSpec.CACHE,
        fieldPath = ".cache")
@RecordBuilder
public record BuildJobSpec(
        @JsonProperty("package")
        @Size(min = 1, max = 253)
        @JsonPropertyDescription(
                "What is built: identity for history and caches. Default: the job's name. The dispatcher learns what"
                        + " the builds of a package need (see BuildProfile) from jobs that name it.")
        String packageName,

        @Required
        @Size(min = 1, max = 16)
        @SelectableField
        @ValidationRule(value = "self in " + ArchitectureRule.NAMES, messageExpression = ArchitectureRule.MESSAGE)
        @JsonPropertyDescription("Architecture to build for, by its RPM/uname name.")
        String targetArch,

        @Required @Size(min = 1, max = 253) @SelectableField @JsonPropertyDescription("Name of a BuildEnvironment.")
        String environment,

        @Size(max = 1024)
        @JsonPropertyDescription(
                "Image of the worker pod. Default: the environment's for the chosen host, target and mode.")
        String image,

        @Size(max = 64) @JsonPropertyDescription("Command, as in a container. Default: the environment's.")
        List<@Size(max = 32768) String> command,

        @Size(max = 64) @JsonPropertyDescription("Arguments of the command.")
        List<@Size(max = 32768) String> args,

        @Size(min = 1, max = 1024)
        @Pattern("^/.*")
        @Default("\"/build\"")
        @JsonPropertyDescription("Working directory of the command.")
        String workingDir,

        @Size(max = 256) @JsonPropertyDescription("Environment variables, after the operator's own.")
        List<EnvVariable> env,

        @Size(max = 32) @JsonPropertyDescription("ConfigMaps and Secrets as environment variables.")
        List<EnvSource> envFrom,

        @Size(max = 16) @JsonPropertyDescription("Secrets of the job's namespace to pull the image with.")
        List<ObjectReference> imagePullSecrets,

        @Size(max = 32) @JsonPropertyDescription("Further volumes: claims, ConfigMaps, Secrets and empty directories.")
        List<JobVolume> volumes,

        @Size(max = 64) @JsonPropertyDescription("Where the volumes are seen.")
        List<JobVolumeMount> volumeMounts,

        @JsonPropertyDescription("Results and where they are kept. Default: results are left with the pod.")
        Results results,

        @JsonPropertyDescription(
                "Keeps a directory, as ccache's, on the worker for the next build of the package. Default: nothing is kept.")
        JobCache cache,

        @JsonPropertyDescription("The range of N, the build's make jobs.")
        Parallelism parallelism,

        @JsonPropertyDescription("CPU, memory and disk.") BuildResources resources,

        @JsonPropertyDescription("Hard requirements on the worker.")
        Requires requires,

        @JsonPropertyDescription(
                "Light, Normal or Heavy. Default: Normal. A Heavy build begins with several make jobs, where a worker"
                        + " can ever give it so many, unless parallelism.min is more than 1.")
        Expense expense,

        @Mutable @Min(-1000) @Max(1000) @Default("0") @JsonPropertyDescription("Higher goes first; -1000 to 1000.")
        Integer priority,

        @JsonPropertyDescription("Further attempts, by the way one ended.")
        Retry retry,

        // Only to less, by a rule of its own.
        @Mutable
        @Min(1)
        @Max(31_536_000)
        @JsonPropertyDescription("Longest run (seconds) of one attempt. Default: the policy's.")
        Integer activeDeadlineSeconds,

        @Min(1)
        @Max(31_536_000)
        @JsonPropertyDescription(
                "Longest wait (seconds) for the build to start, counted from its first dispatch, and anew after each"
                        + " attempt that started. Default: no limit.")
        Integer startDeadlineSeconds,

        @Min(1)
        @Max(31_536_000)
        @JsonPropertyDescription(
                "Longest time (seconds) for which the build may neither write output nor use CPU (less than a hundredth"
                        + " of a core); then it is stopped. Default: the policy's.")
        Integer idleDeadlineSeconds,

        @Mutable
        @Min(0)
        @Max(31_536_000)
        @JsonPropertyDescription(
                "How long (seconds) after its end the job is deleted, with its pods, their logs and everything else"
                        + " that is not in the results claim. Default: the policy's.")
        Integer ttlSecondsAfterFinished,

        @Mutable
        @JsonPropertyDescription(
                "Keeps the job from being dispatched while true, as a Job's suspend does. A build that runs is stopped,"
                        + " and starts anew, as another attempt, once this is no longer true. Default: false.")
        Boolean suspend,

        @Mutable
        @JsonPropertyDescription(
                "If true, the job ends as Failed with the reason Cancelled; a build that runs is stopped. Its log,"
                        + " attempts and results stay until the job is deleted. A job that has ended stays as it is."
                        + " Default: false.")
        Boolean cancelled)
        implements BuildJobSpecBuilder.With {
    public static final String DEFAULT_WORKING_DIR = "/build";
    /** Bytes of text of all that only the build's container is told: what the operator, the API server and a pod carry along. */
    public static final int MOST_BYTES = 256 << 10;

    /** Told by an admission policy: as a rule of the schema it would cost each write of a status twice what all others do. */
    public static final String SIZE =
            "command, args, env and volumeMounts must not have more than 256 KiB of text in all;"
                    + " a ConfigMap can hold what is longer";

    public static final String CACHE = "cache.path must not be the mountPath of one of the volumeMounts";
    public static final String MOUNTS = "every volumeMounts.name must be the name of one of the volumes";

    public BuildJobSpec {
        command = copy(command);
        args = copy(args);
        env = copy(env);
        envFrom = copy(envFrom);
        imagePullSecrets = copy(imagePullSecrets);
        volumes = copy(volumes);
        volumeMounts = copy(volumeMounts);
    }

    /** parallelism, or 1 to what the worker can give. */
    public Parallelism parallelismOrDefault() {
        return parallelism == null ? new Parallelism(null, null) : parallelism;
    }

    /** requires, or nothing. */
    public Requires requiresOrNothing() {
        return requires == null ? Requires.NOTHING : requires;
    }

    /** retry, or the schema's defaults. */
    public Retry retryOrDefault() {
        return retry == null ? Retry.DEFAULT : retry;
    }

    /** expense, or Normal. */
    public Expense expenseOrDefault() {
        return expense == null ? Expense.Normal : expense;
    }

    /** priority, or 0. */
    public int priorityOrDefault() {
        return priority == null ? 0 : priority;
    }

    /** Whether the build runs in an image that the job names, and not in the environment's. */
    public boolean hasOwnImage() {
        return image != null && !image.isEmpty();
    }

    /** workingDir, or {@link #DEFAULT_WORKING_DIR}. */
    public String workingDirOrDefault() {
        return workingDir == null ? DEFAULT_WORKING_DIR : workingDir;
    }

    /** CPU millicores of one make job; 1000 unless said otherwise. */
    public long cpuMillisPerProcess() {
        return resources == null || resources.cpuPerProcess() == null
                ? 1000
                : Quantities.millis(resources.cpuPerProcess());
    }

    /** resources.counted, or nothing. */
    public Map<String, Integer> counted() {
        return resources == null ? Map.of() : resources.counted();
    }

    private static <T> List<T> copy(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
