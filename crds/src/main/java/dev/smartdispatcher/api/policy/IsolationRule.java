package dev.smartdispatcher.api.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Who may have an isolation beyond Container, and by which device.
 *
 * @param resource empty: no device is needed
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = "self.name != 'Container'", message = IsolationRule.CONTAINER, fieldPath = ".name")
@ValidationRule(
        value = "self.name != 'KVM' || (has(self.resource) && self.resource != '')",
        message = IsolationRule.KVM_RESOURCE,
        fieldPath = ".resource")
public record IsolationRule(
        @Required @JsonPropertyDescription("UserNamespace, Chroot or KVM.")
        JobIsolation name,

        @Size(max = 317)
        @Pattern(
                "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$")
        @JsonPropertyDescription(
                "Extended resource that the worker pod asks one of, as devices.kubevirt.io/kvm; a worker whose Node does not offer it does not take the job. How many there are is not counted, as /dev/kvm can be shared by any number of builds: the device plugin should offer at least as many as the worker takes jobs. Required for KVM.")
        String resource,

        @Required
        @JsonPropertyDescription("Selector on the labels of the namespaces that may have it; an empty one selects all.")
        LabelSelector namespaceSelector) {
    public static final String CONTAINER = "isolation.name must not be Container, which every job has";
    public static final String KVM_RESOURCE = "isolation.resource must be set where isolation.name is KVM";

    public IsolationRule {
        resource = resource == null ? "" : resource;
    }
}
