package dev.smartdispatcher.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** All keys of a ConfigMap or a Secret as environment variables. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = "has(self.configMapRef) != has(self.secretRef)", message = EnvSource.ONE_SOURCE)
public record EnvSource(
        @Size(max = 256) @JsonPropertyDescription("Put before each key.")
        String prefix,

        @JsonPropertyDescription("A ConfigMap of the job's namespace.")
        ObjectReference configMapRef,

        @JsonPropertyDescription("A Secret of the job's namespace.")
        ObjectReference secretRef) {
    public static final String ONE_SOURCE = "exactly one of configMapRef and secretRef must be set";
}
