package dev.smartdispatcher.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.chaos.check.Mutation;
import dev.smartdispatcher.e2e.chaos.history.Entry;
import dev.smartdispatcher.e2e.chaos.history.HistoryFile;
import dev.smartdispatcher.e2e.controlplane.Binaries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A short run: nothing is violated, all has happened that is to happen, and each change of its history is found out. */
class ChaosApiIT {
    private static final long SEED = 16;
    /** Kept, as the evidence if something was violated. */
    private static final Path WORK = Path.of("target/chaos").toAbsolutePath();

    @Test
    void shortRunViolatesNothingAndTheCheckerWouldHaveSeenIt() throws IOException {
        Binaries.find(SourceTree.root(), System.getenv())
                .missing("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler")
                .ifPresent(what -> Assumptions.abort(what));
        int code = Chaos.commandLine()
                .execute(
                        "--seed=" + SEED,
                        "--minutes=1.4",
                        "--jobs=80",
                        "--faults=30",
                        "--settle-seconds=100",
                        "--work=" + WORK.resolve("run"),
                        "--reports=" + WORK);
        var report = new ObjectMapper().readTree(WORK.resolve("chaos.json").toFile());
        assertThat(report.path("violations"))
                .as("seed " + SEED + ": " + report.path("violations"))
                .isEmpty();
        assertThat(code).as("seed " + SEED).isZero();
        var counts = report.path("counts");
        assertThat(counts.path("jobs complete").asInt()).as("seed " + SEED).isGreaterThan(40);
        assertThat(counts.path("acts of kind Kill").asInt()).as("seed " + SEED).isPositive();
        assertThat(report.path("requests").path("UNANSWERED").asInt())
                .as("seed " + SEED)
                .isPositive();
        var history = new ArrayList<Entry>();
        HistoryFile.read(WORK.resolve("chaos-history.jsonl.gz"), history::add);
        for (var mutation : Mutation.values()) {
            assertThat(mutation.verdict(history).byRule())
                    .as("seed " + SEED + ", " + mutation)
                    .containsKey(mutation.rule());
        }
    }
}
