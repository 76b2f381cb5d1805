package dev.smartdispatcher.api.policy;

import dev.smartdispatcher.api.ApiGroup;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** How the farm is run: one object, named {@value #NAME}. */
@Group(ApiGroup.GROUP)
@Version(ApiGroup.VERSION)
@Plural("dispatchpolicies")
@ShortNames("dp")
@Categories("builds")
@AdditionalPrinterColumn(name = "Pending", jsonPath = ".status.queue.pending", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Running", jsonPath = ".status.queue.running", type = Type.INTEGER)
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
@ValidationRule(value = "self.metadata.name == 'default'", message = DispatchPolicy.SINGLETON)
public class DispatchPolicy extends CustomResource<DispatchPolicySpec, DispatchPolicyStatus> {
    private static final long serialVersionUID = 1L;

    public static final String NAME = "default";
    public static final String SINGLETON = "metadata.name must be default: there is one DispatchPolicy";
}
