package dev.smartdispatcher.api.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Package lists, with the meaning that the Open Build Service gives them. Their order counts. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PackageLists(
        @Size(max = PackageName.MOST)
        @JsonPropertyDescription("Unpacked into the empty root first, before the package manager runs.")
        List<@Size(min = 1, max = PackageName.LONGEST) @Pattern(PackageName.PATTERN) String> preinstall,

        @Size(max = PackageName.MOST) @JsonPropertyDescription("Installed by the package manager.")
        List<@Size(min = 1, max = PackageName.LONGEST) @Pattern(PackageName.PATTERN) String> install,

        @Size(max = PackageName.MOST)
        @JsonPropertyDescription("Preinstalled and not installed again, even if something requires it.")
        List<@Size(min = 1, max = PackageName.LONGEST) @Pattern(PackageName.PATTERN) String> noInstall,

        @Size(max = PackageName.MOST) @JsonPropertyDescription("Taken out of every list.")
        List<@Size(min = 1, max = PackageName.LONGEST) @Pattern(PackageName.PATTERN) String> remove) {
    public static final PackageLists EMPTY = new PackageLists(null, null, null, null);

    public PackageLists {
        preinstall = preinstall == null ? List.of() : List.copyOf(preinstall);
        install = install == null ? List.of() : List.copyOf(install);
        noInstall = noInstall == null ? List.of() : List.copyOf(noInstall);
        remove = remove == null ? List.of() : List.copyOf(remove);
    }
}
