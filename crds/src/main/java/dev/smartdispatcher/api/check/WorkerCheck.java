package dev.smartdispatcher.api.check;

import dev.smartdispatcher.api.ApiGroup;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** An acceptance script, which the operator runs on workers as a pod, again and again. */
@Group(ApiGroup.GROUP)
@Version(ApiGroup.VERSION)
@ShortNames("wchk")
@Categories("builds")
@AdditionalPrinterColumn(name = "Mandatory", jsonPath = ".spec.mandatory", type = Type.BOOLEAN)
@AdditionalPrinterColumn(name = "Passed", jsonPath = ".status.workers.passed", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Failed", jsonPath = ".status.workers.failed", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Unknown", jsonPath = ".status.workers.unknown", type = Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Valid",
        jsonPath = ".status.conditions[?(@.type==\"Valid\")].status",
        type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(
        name = "Message",
        jsonPath = ".status.conditions[?(@.type==\"Valid\")].message",
        type = Type.STRING,
        priority = 1)
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$') && size(self.metadata.name) <= 52",
        message = WorkerCheck.NAME)
public class WorkerCheck extends CustomResource<WorkerCheckSpec, WorkerCheckStatus> {
    private static final long serialVersionUID = 1L;

    /** Without a dot, so that the name ends where it should in the fact {@code check.NAME.KEY}. */
    public static final String NAME =
            "metadata.name must have at most 52 lower-case letters, digits and hyphens: it is a part of the names of facts";

    @Required
    @Override
    public WorkerCheckSpec getSpec() {
        return super.getSpec();
    }
}
