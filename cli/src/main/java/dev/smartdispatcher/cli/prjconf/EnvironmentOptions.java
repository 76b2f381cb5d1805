package dev.smartdispatcher.cli.prjconf;

import dev.smartdispatcher.arch.Architecture;
import java.util.List;
import java.util.Map;

/**
 * What a BuildEnvironment needs that project configs do not say.
 *
 * @param name of the environment
 * @param image of its pods
 * @param targets architectures to build for, at least one
 * @param hosts architectures of workers that rules for other hosts name; empty for all
 * @param defines macros, as {@code _repository}
 * @param virtualMachine whether builds run in virtual machines, which preinstall more
 */
public record EnvironmentOptions(
        String name,
        String image,
        List<Architecture> targets,
        List<Architecture> hosts,
        Map<String, String> defines,
        boolean virtualMachine) {}
