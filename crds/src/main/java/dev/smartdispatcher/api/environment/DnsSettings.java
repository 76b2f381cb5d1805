package dev.smartdispatcher.api.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** How a pod resolves names, as a pod's {@code dnsConfig}. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DnsSettings(
        @Size(max = 3) @JsonPropertyDescription("IP addresses of name servers.")
        List<@Size(min = 2, max = 45) String> nameservers,

        @Size(max = 32) @JsonPropertyDescription("Search domains.")
        List<@Size(min = 1, max = 253) String> searches,

        @Size(max = 16) @JsonPropertyDescription("Options of resolv.conf.")
        List<Option> options) {
    public DnsSettings {
        nameservers = nameservers == null ? List.of() : List.copyOf(nameservers);
        searches = searches == null ? List.of() : List.copyOf(searches);
        options = options == null ? List.of() : List.copyOf(options);
    }

    /** An option of resolv.conf. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Option(
            @Required @Size(min = 1, max = 63) @JsonPropertyDescription("Name of the option, as ndots.")
            String name,

            @Size(max = 63) @JsonPropertyDescription("Its value, if it has one.")
            String value) {}
}
