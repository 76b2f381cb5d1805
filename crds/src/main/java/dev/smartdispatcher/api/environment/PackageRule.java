package dev.smartdispatcher.api.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.api.EnvVariable;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What changes for some (hostArch, targetArch, mode). Rules apply in order; later ones see what earlier ones left. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PackageRule(
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        @JsonPropertyDescription("Name of the rule, unique in the environment.")
        String name,

        @JsonPropertyDescription(
                "When the rule applies; a rule that names Cross makes the pair buildable. Default: always.")
        RuleCondition when,

        @Size(max = PackageName.MOST)
        @JsonPropertyDescription("Added to preinstall; !NAME takes a name out of it, !* all.")
        List<@Size(min = 1, max = PackageName.LONGEST) @Pattern(PackageName.PATTERN) String> preinstall,

        @Size(max = PackageName.MOST)
        @JsonPropertyDescription("Added to install; !NAME takes a name out of it, !* all.")
        List<@Size(min = 1, max = PackageName.LONGEST) @Pattern(PackageName.PATTERN) String> install,

        @Size(max = PackageName.MOST)
        @JsonPropertyDescription("Preinstalled and not installed again; !NAME ends that for a name, !* for all.")
        List<@Size(min = 1, max = PackageName.LONGEST) @Pattern(PackageName.PATTERN) String> noInstall,

        @Size(max = PackageName.MOST)
        @JsonPropertyDescription("Taken out of every list; !NAME ends that for a name, !* for all.")
        List<@Size(min = 1, max = PackageName.LONGEST) @Pattern(PackageName.PATTERN) String> remove,

        @Size(max = 1024) @JsonPropertyDescription("Image in place of the environment's; empty: unchanged.")
        String image,

        @Size(max = 64) @JsonPropertyDescription("Environment variables of the build.")
        List<EnvVariable> env) {
    public PackageRule {
        when = when == null ? RuleCondition.ALWAYS : when;
        preinstall = preinstall == null ? List.of() : List.copyOf(preinstall);
        install = install == null ? List.of() : List.copyOf(install);
        noInstall = noInstall == null ? List.of() : List.copyOf(noInstall);
        remove = remove == null ? List.of() : List.copyOf(remove);
        env = env == null ? List.of() : List.copyOf(env);
    }
}
