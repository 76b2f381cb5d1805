package dev.smartdispatcher.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.controlplane.Binaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark {@code api}, small: what it reports, and that a job costs the writes that docs/performance.md justifies. */
class BenchApiIT {
    private static final Path PROJECT = SourceTree.root();
    /** A line of the table of writes: what, and how often for each job, or that it is for many at once. */
    private static final Pattern WRITE = Pattern.compile("\\| `(\\w+ [\\w/]+)` \\| ([0-9]+|shared) \\| .*");

    @Test
    void reportsRatiosAndTheWritesThatAreDocumented(@TempDir Path work) throws IOException {
        Binaries.find(PROJECT, System.getenv())
                .missing("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler")
                .ifPresent(what -> Assumptions.abort(what));
        var report = work.resolve("api.json");
        int code = Bench.commandLine()
                .execute(
                        "api",
                        "--jobs=30",
                        "--warm-up=5",
                        "--workers=5",
                        "--pod-millis=100",
                        "--limit=600",
                        "--project=" + PROJECT,
                        "--work=" + work.resolve("parts"),
                        "--report=" + report);
        assertThat(code).isZero();
        var json = new ObjectMapper().readTree(report.toFile());
        assertThat(numbers(json))
                .allSatisfy((name, value) -> assertThat(value).as(name).isPositive());
        assertThat(json.path("machine").fieldNames()).toIterable().contains("cores", "memoryMiB", "kernel", "jdk");
        assertThat(json.path("sizes").path("jobs").asInt()).isEqualTo(30);
        assertThat(json.path("seed").asLong()).isEqualTo(1);
        assertThat(json.path("parts").fieldNames()).toIterable().containsExactlyInAnyOrder("ours", "raw", "batch");
        for (var part : json.path("parts")) {
            assertThat(part.path("cpuSeconds").fieldNames())
                    .toIterable()
                    .contains("kube-apiserver", "etcd", "kube-scheduler", "benchmark");
        }
        var documented = documented();
        var writes = new HashMap<String, String>();
        for (var write : json.path("writesPerJob").properties()) {
            // Of a job that starts late more is told, and of one that runs while the operator is stopped less.
            var count = "shared".equals(documented.get(write.getKey()))
                    ? "shared"
                    : Long.toString(Math.round(write.getValue().asDouble()));
            writes.put(write.getKey(), count);
        }
        assertThat(documented).containsAllEntriesOf(writes);
        assertThat(writes.keySet()).contains("create pods", "update buildjobs/status", "create events");
    }

    private static Map<String, Double> numbers(JsonNode report) {
        var numbers = new HashMap<String, Double>();
        for (var name : new String[] {
            "jobsPerSecond",
            "rawJobsPerSecond",
            "ratio",
            "batchJobsPerSecond",
            "ratioToBatch",
            "p50Millis",
            "p99Millis",
            "heapMiB",
            "heapPeakMiB"
        }) {
            numbers.put(name, report.path(name).asDouble());
        }
        return numbers;
    }

    private static Map<String, String> documented() throws IOException {
        var writes = new HashMap<String, String>();
        for (var line : Files.readAllLines(PROJECT.resolve("docs/performance.md"))) {
            var match = WRITE.matcher(line);
            if (match.matches()) {
                writes.put(match.group(1), match.group(2));
            }
        }
        return writes;
    }
}
