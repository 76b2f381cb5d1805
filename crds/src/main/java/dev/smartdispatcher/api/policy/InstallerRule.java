package dev.smartdispatcher.api.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.environment.Installer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** Which namespaces may have an installer in a context beyond Restricted. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = "self.name != 'None'", message = InstallerRule.NONE, fieldPath = ".name")
@ValidationRule(value = "self.context != 'Restricted'", message = InstallerRule.RESTRICTED, fieldPath = ".context")
@ValidationRule(
        value = "self.name != 'ObsBuild' || self.context != 'Baseline'",
        message = InstallerRule.OBS_BASELINE,
        fieldPath = ".context")
public record InstallerRule(
        @Required @JsonPropertyDescription("Deb, Rpm or ObsBuild.")
        Installer name,

        @Required
        @JsonPropertyDescription(
                "Baseline: root, with capabilities of Pod Security's level baseline. UserNamespace: root of the pod's own user"
                        + " namespace, with SYS_ADMIN there. HostRoot: root, with SYS_ADMIN.")
        InstallerContext context,

        @Required
        @JsonPropertyDescription("Selector on the labels of the namespaces that may have it; an empty one selects all.")
        LabelSelector namespaceSelector) {
    public static final String NONE = "installers.name must not be None, which every environment may have";
    public static final String RESTRICTED = "installers.context must not be Restricted, which every namespace has";
    public static final String OBS_BASELINE =
            "installers.context must be UserNamespace or HostRoot where installers.name is ObsBuild, which mounts";
}
