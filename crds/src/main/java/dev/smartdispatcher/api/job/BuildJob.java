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
@ValidationRule(value = BuildJob.CEL_IMMUTABLE, message = BuildJob.IMMUTABLE)
@ValidationRule(value = BuildJob.CEL_IMMUTABLE_POD, message = BuildJob.IMMUTABLE)
@ValidationRule(value = BuildJob.CEL_IMMUTABLE_DEMANDS, message = BuildJob.IMMUTABLE)
@ValidationRule(value = BuildJob.CEL_SHORTER_DEADLINE, message = BuildJob.SHORTER_DEADLINE)
public class BuildJob extends CustomResource<BuildJobSpec, BuildJobStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;

    /** Pod names add a part of the UID and the attempt to the job's name, and must stay within 63 characters. */
    public static final int LONGEST_NAME = 52;

    public static final String NAME_LENGTH = "metadata.name must be at most 52 characters";
    public static final String IMMUTABLE =
            "spec is immutable once the job was allocated, but for priority, ttlSecondsAfterFinished and a shorter"
                    + " activeDeadlineSeconds";
    public static final String SHORTER_DEADLINE =
            "activeDeadlineSeconds may only become shorter once the job was allocated";

    private static final String NOT_ALLOCATED =
            "!has(oldSelf.status) || (!has(oldSelf.status.allocation) && !has(oldSelf.status.attempts)) || ";
    // Written out field by field, and in three rules: the API server bounds the cost of each. CEL reserves "package".
    /** What is built, and how often it is tried. */
    static final String CEL_IMMUTABLE = NOT_ALLOCATED
            + "(self.spec.targetArch == oldSelf.spec.targetArch && self.spec.environment == oldSelf.spec.environment"
            + " && (has(self.spec.__package__) == has(oldSelf.spec.__package__) && (!has(self.spec.__package__) ||"
            + " self.spec.__package__ == oldSelf.spec.__package__)) && (has(self.spec.image) =="
            + " has(oldSelf.spec.image) && (!has(self.spec.image) || self.spec.image == oldSelf.spec.image)) &&"
            + " (has(self.spec.command) == has(oldSelf.spec.command) && (!has(self.spec.command) || self.spec.command"
            + " == oldSelf.spec.command)) && (has(self.spec.args) == has(oldSelf.spec.args) && (!has(self.spec.args)"
            + " || self.spec.args == oldSelf.spec.args)) && (has(self.spec.workingDir) == has(oldSelf.spec.workingDir)"
            + " && (!has(self.spec.workingDir) || self.spec.workingDir == oldSelf.spec.workingDir)) &&"
            + " (has(self.spec.imagePullSecrets) == has(oldSelf.spec.imagePullSecrets) &&"
            + " (!has(self.spec.imagePullSecrets) || self.spec.imagePullSecrets == oldSelf.spec.imagePullSecrets)) &&"
            + " (has(self.spec.results) == has(oldSelf.spec.results) && (!has(self.spec.results) || self.spec.results"
            + " == oldSelf.spec.results)) && (has(self.spec.parallelism) == has(oldSelf.spec.parallelism) &&"
            + " (!has(self.spec.parallelism) || self.spec.parallelism == oldSelf.spec.parallelism)) &&"
            + " (has(self.spec.expense) == has(oldSelf.spec.expense) && (!has(self.spec.expense) || self.spec.expense"
            + " == oldSelf.spec.expense)) && (has(self.spec.retry) == has(oldSelf.spec.retry) &&"
            + " (!has(self.spec.retry) || self.spec.retry == oldSelf.spec.retry)))";

    /** What the pod is given. */
    static final String CEL_IMMUTABLE_POD = NOT_ALLOCATED
            + "((has(self.spec.env) == has(oldSelf.spec.env) && (!has(self.spec.env) || self.spec.env =="
            + " oldSelf.spec.env)) && (has(self.spec.envFrom) == has(oldSelf.spec.envFrom) && (!has(self.spec.envFrom)"
            + " || self.spec.envFrom == oldSelf.spec.envFrom)) && (has(self.spec.volumes) == has(oldSelf.spec.volumes)"
            + " && (!has(self.spec.volumes) || self.spec.volumes == oldSelf.spec.volumes)) &&"
            + " (has(self.spec.volumeMounts) == has(oldSelf.spec.volumeMounts) && (!has(self.spec.volumeMounts) ||"
            + " self.spec.volumeMounts == oldSelf.spec.volumeMounts)))";

    /** What is asked of the worker, and how long it may take to start. */
    static final String CEL_IMMUTABLE_DEMANDS = NOT_ALLOCATED
            + "((has(self.spec.resources) == has(oldSelf.spec.resources) && (!has(self.spec.resources) ||"
            + " self.spec.resources == oldSelf.spec.resources)) && (has(self.spec.startDeadlineSeconds) =="
            + " has(oldSelf.spec.startDeadlineSeconds) && (!has(self.spec.startDeadlineSeconds) ||"
            + " self.spec.startDeadlineSeconds == oldSelf.spec.startDeadlineSeconds)) && (has(self.spec.requires) =="
            + " has(oldSelf.spec.requires) && (!has(self.spec.requires) || self.spec.requires =="
            + " oldSelf.spec.requires)))";

    static final String CEL_SHORTER_DEADLINE = NOT_ALLOCATED
            + "(has(self.spec.activeDeadlineSeconds) ? (!has(oldSelf.spec.activeDeadlineSeconds)"
            + " || self.spec.activeDeadlineSeconds <= oldSelf.spec.activeDeadlineSeconds)"
            + " : !has(oldSelf.spec.activeDeadlineSeconds))";

    @Required
    @Override
    public BuildJobSpec getSpec() {
        return super.getSpec();
    }
}
