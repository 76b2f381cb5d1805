package dev.smartdispatcher.api.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** A line of a pod's /etc/hosts. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HostAlias(
        @Required @Size(min = 2, max = 45) @JsonPropertyDescription("IP address.")
        String ip,

        @Required @Size(max = 16) @JsonPropertyDescription("Names of that address.")
        List<@Size(min = 1, max = 253) String> hostnames) {
    public HostAlias {
        hostnames = hostnames == null ? List.of() : List.copyOf(hostnames);
    }
}
