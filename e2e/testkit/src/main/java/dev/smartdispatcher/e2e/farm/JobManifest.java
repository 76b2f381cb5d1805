package dev.smartdispatcher.e2e.farm;

import java.util.ArrayList;
import java.util.List;

/**
 * A BuildJob for x86_64, as a user writes it.
 *
 * @param environment name of its BuildEnvironment
 * @param script its only argument, which a shell runs
 * @param lines further lines of its spec, as YAML without indentation
 */
public record JobManifest(String name, String environment, String script, List<String> lines) {
    private static final String SPEC = "\n  ";

    /** With a line that says something of a field, unless another says so. */
    public JobManifest unlessSaid(String line) {
        var field = line.substring(0, line.indexOf(':') + 1);
        if (lines.stream().anyMatch(said -> said.startsWith(field) || said.contains("\n" + field))) {
            return this;
        }
        var more = new ArrayList<>(lines);
        more.add(line);
        return new JobManifest(name, environment, script, more);
    }

    /** The manifest, without a namespace. */
    public String yaml() {
        return """
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildJob
            metadata: {name: %s}
            spec:
              targetArch: x86_64
              environment: %s
              args: ['%s']
              %s
            """.formatted(
                        name,
                        environment,
                        script.replace("'", "''"),
                        String.join("\n", lines).replace("\n", SPEC));
    }
}
