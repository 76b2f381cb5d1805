package dev.smartdispatcher.cli.constraints;

import dev.smartdispatcher.arch.Architecture;
import java.util.List;
import java.util.Optional;

/**
 * What a job has that constraints do not say.
 *
 * @param packageName whose constraints the file has
 * @param archs targets, at least one
 * @param environment name of a BuildEnvironment
 * @param name of the job; with several jobs, what their names begin with
 * @param namespace of the jobs
 */
public record JobOptions(
        String packageName,
        List<Architecture> archs,
        String environment,
        Optional<String> name,
        Optional<String> namespace) {}
