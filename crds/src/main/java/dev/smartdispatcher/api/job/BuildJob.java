package dev.smartdispatcher.api.job;

import dev.smartdispatcher.api.ApiGroup;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One build. */
@Group(ApiGroup.GROUP)
@Version(ApiGroup.VERSION)
@ShortNames("bj")
@Categories("builds")
@AdditionalPrinterColumn(name = "Target", jsonPath = ".spec.targetArch", type = Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(name = "Worker", jsonPath = ".status.allocation.worker", type = Type.STRING)
@AdditionalPrinterColumn(name = "Mode", jsonPath = ".status.allocation.mode", type = Type.STRING)
@AdditionalPrinterColumn(name = "N", jsonPath = ".status.allocation.parallelism", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Memory", jsonPath = ".status.allocation.memory", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Waiting", jsonPath = ".status.waiting.reason", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.waiting.message", type = Type.STRING, priority = 1)
@AdditionalSelectableField(jsonPath = ".status.phase")
@AdditionalSelectableField(jsonPath = ".status.allocation.worker")
@ValidationRule(value = "self.metadata.name.size() <= 52", message = BuildJob.NAME_LENGTH)
@ValidationRule(value = BuildJob.CEL_SHORTER_DEADLINE, message = BuildJob.SHORTER_DEADLINE)
public class BuildJob extends CustomResource<BuildJobSpec, BuildJobStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;

    /** Pod names add a part of the UID and the attempt to the job's name, and must stay within 63 characters. */
    public static final int LONGEST_NAME = 52;

    public static final String NAME_LENGTH = "metadata.name must be at most 52 characters";
    /** Said by the rules for the fields that are not {@link Mutable}, which the generator of the CRD makes from the spec's record. */
    public static final String IMMUTABLE =
            "spec is immutable once the job was allocated, but for priority, suspend, cancelled,"
                    + " ttlSecondsAfterFinished and a shorter activeDeadlineSeconds";

    public static final String SHORTER_DEADLINE =
            "activeDeadlineSeconds may only become shorter once the job was allocated";

    /** CEL, of an update: the job has not been allocated, so that everything may change. */
    public static final String CEL_NOT_ALLOCATED =
            "!has(oldSelf.status) || (!has(oldSelf.status.allocation) && !has(oldSelf.status.attempts))";

    static final String CEL_SHORTER_DEADLINE = CEL_NOT_ALLOCATED
            + " || (has(self.spec.activeDeadlineSeconds) ? (!has(oldSelf.spec.activeDeadlineSeconds)"
            + " || self.spec.activeDeadlineSeconds <= oldSelf.spec.activeDeadlineSeconds)"
            + " : !has(oldSelf.spec.activeDeadlineSeconds))";

    @Required
    @Override
    public BuildJobSpec getSpec() {
        return super.getSpec();
    }
}
