package dev.smartdispatcher.cli.prjconf;

import dev.smartdispatcher.api.environment.Installer;
import dev.smartdispatcher.arch.Architecture;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a BuildEnvironment needs that project configs do not say.
 *
 * @param name of the environment
 * @param image of its pods
 * @param targets architectures to build for, at least one
 * @param hosts architectures of workers that rules for other hosts name; empty for all
 * @param defines macros, as {@code _repository}
 * @param virtualMachine whether builds run in virtual machines, which preinstall more
 * @param installation who installs the lists; none if they are only files for the build
 */
public record EnvironmentOptions(
        String name,
        String image,
        List<Architecture> targets,
        List<Architecture> hosts,
        Map<String, String> defines,
        boolean virtualMachine,
        Optional<Installation> installation) {

    /**
     * Who installs the lists. What they require comes from the repository too: the lists of project configs are resolved by OBS.
     *
     * @param installer not None
     * @param claimName of the PersistentVolumeClaim with the packages
     */
    public record Installation(Installer installer, String claimName) {}
}
