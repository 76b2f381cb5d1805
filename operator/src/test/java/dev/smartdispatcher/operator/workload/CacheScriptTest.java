package dev.smartdispatcher.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The script that makes room among the caches of packages. */
@Timeout(60)
class CacheScriptTest {
    private static final Path SCRIPT = Path.of("src/main/resources/dev/smartdispatcher/operator/workload/cache.sh");
    private static final int MIB = 1 << 20;

    @TempDir
    private Path caches;

    static List<String> shells() throws IOException {
        return EntryRun.shells();
    }

    /** A cache of 1 MiB that was used so many hours ago. */
    private void cache(String name, int hours) throws IOException {
        Files.write(Files.createDirectories(caches.resolve(name)).resolve("object"), new byte[MIB]);
        Files.setLastModifiedTime(
                Files.createFile(caches.resolve(name + ".used")),
                FileTime.from(Instant.parse("2026-01-01T12:00:00Z").minusSeconds(3600L * hours)));
    }

    private void run(String shell, String name, long size, String... more) throws Exception {
        var line = new ArrayList<>(List.of(shell.split(" ")));
        line.addAll(List.of(SCRIPT.toAbsolutePath().toString(), "--dir", caches.toString()));
        line.addAll(List.of("--name", name, "--size", Long.toString(size)));
        line.addAll(List.of(more));
        var log = Files.createTempFile("cache", ".log");
        var process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        Files.delete(log);
    }

    private List<String> there() throws IOException {
        try (var files = Files.list(caches)) {
            return files.filter(Files::isDirectory)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theOnesThatWereNotUsedForTheLongestTimeGo(String shell) throws Exception {
        cache("a", 1);
        cache("b", 4);
        cache("c", 3);
        cache("d", 2);
        run(shell, "e", 2 * MIB + MIB / 2);
        assertThat(there()).containsExactly("a", "d", "e");
        run(shell, "e", 2 * MIB + MIB / 2);
        assertThat(there()).as("there is room").containsExactly("a", "d", "e");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aBuildsOwnIsTheNewestFromItsStartOn(String shell) throws Exception {
        cache("a", 1);
        cache("b", 9);
        run(shell, "b", 3 * MIB);
        run(shell, "c", MIB + MIB / 2);
        assertThat(there()).containsExactly("b", "c");
        assertThat(caches.resolve("b/object")).exists();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void thoseOfBuildsThatRunStay(String shell) throws Exception {
        cache("a", 3);
        cache("b", 2);
        cache("c", 1);
        run(shell, "d", MIB / 2, "--busy", "a", "--busy", "c");
        assertThat(there()).containsExactly("a", "c", "d");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whatIsHalfRemovedIsRemoved(String shell) throws Exception {
        cache("a", 1);
        cache("b", 2);
        Files.move(caches.resolve("b"), caches.resolve("b.old"));
        run(shell, "a", MIB + MIB / 2);
        assertThat(there()).containsExactly("a");
        assertThat(caches.resolve("a/object")).exists();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void thoseThatComeTogetherMakeRoomOneAfterTheOther(String shell) throws Exception {
        for (int i = 0; i < 8; i++) {
            cache("old" + i, i);
        }
        var runs = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    try {
                        run(shell, "new" + i, 4 * MIB + MIB / 2);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }))
                .toList();
        runs.forEach(CompletableFuture::join);
        assertThat(there()).containsExactly("new0", "new1", "new2", "new3", "old0", "old1", "old2", "old3");
    }
}
