package dev.smartdispatcher.api.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.Condition;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What the operator thinks of an environment. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BuildEnvironmentStatus(
        @Size(max = 16)
        @JsonPropertyDescription(
                "Valid: jobs can use the environment. ImageAvailable: False while its image cannot be pulled.")
        List<Condition> conditions) {
    public static final String VALID = "Valid";
    public static final String IMAGE_AVAILABLE = "ImageAvailable";

    public BuildEnvironmentStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
