package dev.smartdispatcher.api.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Where an installer finds the packages, mounted read-only: in one of the sources, or in both. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = "has(self.persistentVolumeClaim) || has(self.image)", message = PackageRepository.A_SOURCE)
public record PackageRepository(
        @JsonPropertyDescription("A claim that each namespace whose jobs use the environment must have.")
        Claim persistentVolumeClaim,

        @Size(min = 1, max = 1024)
        @JsonPropertyDescription(
                "An image that holds the packages, mounted as an image volume, which the cluster must know.")
        String image) {
    public static final String A_SOURCE = "repository.persistentVolumeClaim or repository.image must be set";

    /** A PersistentVolumeClaim by its name, in the namespace of the job. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Claim(
            @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Name of the claim in the job's namespace.")
            String claimName) {}
}
