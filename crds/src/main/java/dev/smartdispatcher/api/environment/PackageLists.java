package dev.smartdispatcher.api.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Package lists, with the meaning that the Open Build Service gives them. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PackageLists(
        @Size(max = 2000)
        @JsonPropertyDescription("Unpacked into the empty root first, before the package manager runs.")
        List<@Size(min = 1, max = 253) String> preinstall,

        @Size(max = 2000) @JsonPropertyDescription("Installed by the package manager.")
        List<@Size(min = 1, max = 253) String> install,

        @Size(max = 2000) @JsonPropertyDescription("Not (re)installed, even if something requires it.")
        List<@Size(min = 1, max = 253) String> noInstall,

        @Size(max = 2000) @JsonPropertyDescription("Taken out of every list.")
        List<@Size(min = 1, max = 253) String> remove) {
    public static final PackageLists EMPTY = new PackageLists(null, null, null, null);

    public PackageLists {
        preinstall = preinstall == null ? List.of() : List.copyOf(preinstall);
        install = install == null ? List.of() : List.copyOf(install);
        noInstall = noInstall == null ? List.of() : List.copyOf(noInstall);
        remove = remove == null ? List.of() : List.copyOf(remove);
    }
}
