package dev.smartdispatcher.operator.controller.informer;

import dev.smartdispatcher.api.ApiGroup;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.operator.client.reading.Unreadable;
import dev.smartdispatcher.operator.validation.SpecCheck;
import dev.smartdispatcher.operator.validation.SpecSize;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the cache keeps of jobs. Of metadata: which job it is, and when it came and goes. Of an ordinary spec all, so that its
 * pod is made without another request; of a large one, or when the job has ended, nothing that only the build's container is
 * told. What a whole spec breaks is found out before.
 */
public final class LeanJobs {
    /** From so many bytes on a spec is large: a job that is written by hand, with its script, has one or two thousand. */
    public static final int LARGE = 16 << 10;

    /** On a job in the cache that is not whole, what its whole spec breaks. Nobody else's annotations are kept. */
    private static final String PROBLEMS = ApiGroup.GROUP + "/problems";

    private static final String SEPARATOR = "\n";

    private LeanJobs() {}

    /** The store for jobs. */
    public static LeanStore<BuildJob> store() {
        return new LeanStore<>(LeanJobs::of);
    }

    static BuildJob of(BuildJob job) {
        var lean = new BuildJob();
        lean.setMetadata(identity(job.getMetadata()));
        lean.setStatus(job.getStatus());
        var spec = job.getSpec();
        if (spec != null && (ended(job) || SpecSize.ofBuild(spec) > LARGE)) {
            lean.setSpec(withoutBuild(spec));
            lean.getMetadata().setAnnotations(Map.of(PROBLEMS, String.join(SEPARATOR, problemsNow(job))));
        } else {
            lean.setSpec(spec);
        }
        return lean;
    }

    /** Rules are not asked about a spec that is not there as it was written. */
    private static List<String> problemsNow(BuildJob job) {
        var unreadable = Unreadable.of(job, "spec");
        return unreadable.isEmpty() ? SpecCheck.problems(name(job), job.getSpec()) : unreadable;
    }

    private static boolean ended(BuildJob job) {
        return job.getStatus() != null && job.getStatus().finished();
    }

    /** Whether all of the spec is there; else what the build's container runs has to be read from the API server. */
    public static boolean isWhole(BuildJob job) {
        return problemsOfWhole(job).isEmpty();
    }

    /** The rules that a job's spec breaks, whole or not, each as {@code FIELD: SENTENCE}. */
    public static List<String> problems(BuildJob job) {
        return problemsOfWhole(job)
                .map(text -> text.isEmpty() ? List.<String>of() : List.of(text.split(SEPARATOR)))
                .orElseGet(() -> SpecCheck.problems(name(job), job.getSpec()));
    }

    private static Optional<String> problemsOfWhole(BuildJob job) {
        return Optional.ofNullable(job.getMetadata().getAnnotations()).map(all -> all.get(PROBLEMS));
    }

    private static String name(BuildJob job) {
        return job.getMetadata().getName();
    }

    private static ObjectMeta identity(ObjectMeta meta) {
        var identity = new ObjectMetaBuilder()
                .withName(meta.getName())
                .withNamespace(meta.getNamespace())
                .withUid(meta.getUid())
                .withResourceVersion(meta.getResourceVersion())
                .withGeneration(meta.getGeneration())
                .withCreationTimestamp(meta.getCreationTimestamp())
                .withDeletionTimestamp(meta.getDeletionTimestamp())
                .build();
        Unreadable.keep(meta, identity);
        return identity;
    }

    private static BuildJobSpec withoutBuild(BuildJobSpec spec) {
        return spec.with()
                .command(null)
                .args(null)
                .env(null)
                .envFrom(null)
                .imagePullSecrets(null)
                .volumes(null)
                .volumeMounts(null)
                .build();
    }
}
