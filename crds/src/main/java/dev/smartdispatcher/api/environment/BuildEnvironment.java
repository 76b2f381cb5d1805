package dev.smartdispatcher.api.environment;

import dev.smartdispatcher.api.ApiGroup;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Images and package lists for builds. */
@Group(ApiGroup.GROUP)
@Version(ApiGroup.VERSION)
@ShortNames("benv")
@Categories("builds")
@AdditionalPrinterColumn(name = "Image", jsonPath = ".spec.image", type = Type.STRING)
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
public class BuildEnvironment extends CustomResource<BuildEnvironmentSpec, BuildEnvironmentStatus> {
    private static final long serialVersionUID = 1L;

    @Required
    @Override
    public BuildEnvironmentSpec getSpec() {
        return super.getSpec();
    }
}
