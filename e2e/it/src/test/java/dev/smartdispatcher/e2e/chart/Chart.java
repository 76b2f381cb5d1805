package dev.smartdispatcher.e2e.chart;

import com.marcnuri.helm.Helm;
import dev.smartdispatcher.e2e.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;

/** A chart in a directory, as Helm sees it. */
public record Chart(Path directory) {
    public static final String RELEASE = "farm";
    public static final String NAMESPACE = "build-system";

    /** Of the API server in the tests. */
    private static final String KUBERNETES = "1.36.3";

    private static final String HOOK = "helm.sh/hook:";
    private static final String NO_HOOK = "was-helm.sh/hook:";

    /** The project's. */
    public static Chart shipped() {
        return new Chart(SourceTree.file("helm/smart-dispatcher"));
    }

    /**
     * What an installation of the project's chart with these values consists of, without CRDs but with its test, which
     * Helm's library leaves out as it does all hooks.
     *
     * @throws IllegalStateException in Helm's words, where it refuses
     */
    public static Rendered render(Path values) {
        return Rendered.parse(new Helm(withoutHooks().directory())
                .template()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES)
                .withValuesFile(values)
                .call()
                .replace(NO_HOOK, HOOK));
    }

    /** As {@link #render(Path)}, with the chart's own values. */
    public static Rendered render() {
        return render(shipped().directory().resolve("values.yaml"));
    }

    /** A copy whose hooks are objects like others. */
    private static Chart withoutHooks() {
        var copy = new Chart(Path.of("target", "chart-without-hooks"));
        var test = copy.directory().resolve("templates/tests/ready.yaml");
        try {
            FileUtils.deleteDirectory(copy.directory().toFile());
            FileUtils.copyDirectory(
                    shipped().directory().toFile(), copy.directory().toFile());
            Files.writeString(test, Files.readString(test).replace(HOOK, NO_HOOK));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }
}
