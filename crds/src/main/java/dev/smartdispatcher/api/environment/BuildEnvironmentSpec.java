package dev.smartdispatcher.api.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** An image and package lists, with rules for what depends on host, target and mode. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.installer) || self.installer == 'None' || has(self.repository)",
        message = BuildEnvironmentSpec.NO_REPOSITORY,
        fieldPath = ".repository")
@ValidationRule(
        value = "(has(self.installer) && self.installer != 'None') || !has(self.repository)",
        message = BuildEnvironmentSpec.UNUSED_REPOSITORY,
        fieldPath = ".repository")
@ValidationRule(
        value = "(has(self.installer) && self.installer != 'None') || !has(self.root) || self.root == 'Image'",
        message = BuildEnvironmentSpec.UNUSED_ROOT,
        fieldPath = ".root")
@ValidationRule(
        value = "(has(self.installer) && self.installer != 'None') || !has(self.resolve) || self.resolve == 'None'",
        message = BuildEnvironmentSpec.UNUSED_RESOLVE,
        fieldPath = ".resolve")
@ValidationRule(
        value = "!has(self.installer) || self.installer != 'ObsBuild' || (has(self.root) && self.root == 'Directory')",
        message = BuildEnvironmentSpec.OBS_ROOT,
        fieldPath = ".root")
public record BuildEnvironmentSpec(
        @Required @Size(min = 1, max = 1024) @JsonPropertyDescription("Image of worker pods.")
        String image,

        @Size(max = 64) @JsonPropertyDescription("Command of jobs that have none. Default: sh -c.")
        List<@Size(max = 32768) String> command,

        @JsonPropertyDescription(
                "Who installs the lists before the command runs. None: they are files in BUILD_LISTS. Deb: dpkg. Rpm: rpm."
                        + " ObsBuild: obs-build, which then builds too. Default: None.")
        Installer installer,

        @JsonPropertyDescription(
                "Where they are installed. Image: into the container's own root. Directory: into an empty directory, which"
                        + " becomes the root of the command. Default: Image.")
        BuildRoot root,

        @JsonPropertyDescription("Where the installer finds the packages; read-only.")
        PackageRepository repository,

        @JsonPropertyDescription(
                "None: the lists must be complete. Repository: what listed packages require is taken from the repository"
                        + " too, and recorded. Default: None.")
        Resolve resolve,

        @JsonPropertyDescription("Fields of worker pods that tenants may not set.")
        PodSettings pod,

        @JsonPropertyDescription("Package lists before any rule.")
        PackageLists packages,

        @Size(max = 64) @JsonPropertyDescription("Rules, applied in order.")
        List<PackageRule> rules) {
    public static final String NO_REPOSITORY = "repository must be set where installer is not None";
    public static final String UNUSED_REPOSITORY = "repository must not be set where installer is None";
    public static final String UNUSED_ROOT = "root must be Image where installer is None";
    public static final String UNUSED_RESOLVE = "resolve must be None where installer is None";
    public static final String OBS_ROOT = "root must be Directory where installer is ObsBuild";
    private static final List<String> SHELL = List.of("sh", "-c");

    /** An environment whose lists nobody installs. */
    public BuildEnvironmentSpec(String image, List<String> command, PackageLists packages, List<PackageRule> rules) {
        this(image, command, null, null, null, null, null, packages, rules);
    }

    public BuildEnvironmentSpec {
        command = command == null || command.isEmpty() ? SHELL : List.copyOf(command);
        installer = installer == null ? Installer.None : installer;
        root = root == null ? BuildRoot.Image : root;
        resolve = resolve == null ? Resolve.None : resolve;
        pod = pod == null ? PodSettings.NONE : pod;
        packages = packages == null ? PackageLists.EMPTY : packages;
        rules = rules == null ? List.of() : List.copyOf(rules);
    }
}
