package dev.smartdispatcher.e2e.quickstart.view;

import com.fasterxml.jackson.databind.SerializationFeature;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run came to.
 *
 * @param checks what the scenario itself looked at
 * @param refused manifests that the API refused, each with file, line, field and rule
 */
public record Report(List<ReportedJob> jobs, List<ShownWorker> workers, List<Check> checks, List<String> refused) {

    /** Something that the scenario shows. */
    public record Check(String what, boolean holds) {}

    /** Whether every job ended as expected, everything shown was seen, and nothing was refused. */
    public boolean good() {
        return jobs.stream().allMatch(ReportedJob::asExpected)
                && checks.stream().allMatch(Check::holds)
                && refused.isEmpty();
    }

    /** Writes it as JSON; directories are made. */
    public void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var mapper = new com.fasterxml.jackson.databind.ObjectMapper();
            new KubernetesSerialization(mapper, false);
            Files.writeString(
                    file, mapper.enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(this) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
