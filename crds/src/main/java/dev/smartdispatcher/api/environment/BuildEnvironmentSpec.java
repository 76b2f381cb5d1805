package dev.smartdispatcher.api.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** An image and package lists, with rules for what depends on host, target and mode. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BuildEnvironmentSpec(
        @Required @Size(min = 1, max = 1024) @JsonPropertyDescription("Image of worker pods.")
        String image,

        @Size(max = 64) @JsonPropertyDescription("Command of jobs that have none. Default: sh -c.")
        List<@Size(max = 32768) String> command,

        @JsonPropertyDescription("Package lists before any rule.")
        PackageLists packages,

        @Size(max = 64) @JsonPropertyDescription("Rules, applied in order.")
        List<PackageRule> rules) {
    private static final List<String> SHELL = List.of("sh", "-c");

    public BuildEnvironmentSpec {
        command = command == null || command.isEmpty() ? SHELL : List.copyOf(command);
        packages = packages == null ? PackageLists.EMPTY : packages;
        rules = rules == null ? List.of() : List.copyOf(rules);
    }
}
