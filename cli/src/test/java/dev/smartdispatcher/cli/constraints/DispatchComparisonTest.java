package dev.smartdispatcher.cli.constraints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.cli.ObsTools;
import dev.smartdispatcher.cli.input.SourceFile;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An imported job fits a worker where OBS's own dispatcher says that the constraints do. Left out is what Debian's version, 2.9.4,
 * does not have or reads in another way than later ones: memoryperjob, flags that are excluded, and several flags.
 */
class DispatchComparisonTest {
    private static final int CASES = 100;

    @TempDir
    private Path directory;

    @Test
    void randomConstraints() throws IOException, InterruptedException {
        int fitting = 0;
        for (int seed = 0; seed < CASES; seed++) {
            var random = new RandomConstraints(seed);
            var document = random.document();
            var worker = random.worker();
            var packageName = List.of("kernel", "kernel.rt", "zlib").get(seed % 3);
            var theirs = theyFit(packageName, worker, document);
            assertThat(worker.fits(job(packageName, document)))
                    .as("seed %d, package %s\n%s\n%s", seed, packageName, document, worker.xml())
                    .isEqualTo(theirs);
            fitting += theirs ? 1 : 0;
        }
        assertThat(fitting).as("both answers occur").isBetween(CASES / 10, CASES * 9 / 10);
    }

    private boolean theyFit(String packageName, ObsWorker worker, String document)
            throws IOException, InterruptedException {
        var workerFile = Files.writeString(directory.resolve("worker.xml"), worker.xml());
        var constraints = Files.writeString(directory.resolve("constraints.xml"), document);
        int status = ObsTools.status(List.of(
                "perl",
                ObsTools.serverDirectory().resolve("bs_dispatch").toString(),
                "--test-constraints",
                packageName,
                "x86_64",
                workerFile.toString(),
                constraints.toString()));
        assertThat(status).as("bs_dispatch with %s", document).isIn(0, 1);
        return status == 0;
    }

    private static BuildJobSpec job(String packageName, String document) {
        var source = new SourceFile("_constraints", document.getBytes(StandardCharsets.UTF_8));
        var options =
                new JobOptions(packageName, List.of(Architecture.x86_64), "any", Optional.empty(), Optional.empty());
        var first = JobImport.read(source, options).get(0).object();
        return Serialization.jsonMapper().convertValue(first.path("spec"), BuildJobSpec.class);
    }
}
