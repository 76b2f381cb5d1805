package dev.smartdispatcher.e2e.localnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathRewriterTest {
    private final PathRewriter paths = new PathRewriter(Map.of(
            "/build", Path.of("/tmp/node/build"),
            "/build/deep", Path.of("/tmp/node/deep"),
            "/tmp", Path.of("/tmp/node/tmp")));

    @ParameterizedTest
    @CsvSource({
        "/build, /tmp/node/build",
        "/build/out, /tmp/node/build/out",
        "/build/deep/er, /tmp/node/deep/er",
        "/build /tmp, /tmp/node/build /tmp/node/tmp",
        "make -C /build && ls, make -C /tmp/node/build && ls",
        "/builder, /builder",
        "/var/tmp, /var/tmp",
        "a/build, a/build",
    })
    void pathsOfMountsAreReplacedOnceWhereTheyBeginAWord(String text, String rewritten) {
        assertThat(paths.rewrite(text)).isEqualTo(rewritten);
    }
}
