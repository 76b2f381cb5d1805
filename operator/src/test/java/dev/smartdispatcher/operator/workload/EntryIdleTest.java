package dev.smartdispatcher.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A build that stands still is stopped; one that does anything is not. */
class EntryIdleTest {
    @TempDir
    Path directory;

    static List<String> shells() throws IOException {
        return EntryRun.shells();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aBuildThatStandsStillIsStopped(String shell) throws Exception {
        var ended = new EntryRun(shell, directory)
                .set("--idle-deadline", 1)
                .run("sh", "-c", "echo checking the network; sleep 99");
        assertThat(ended.exitCode()).isEqualTo(124);
        assertThat(ended.json().get("idleDeadlineExceeded").booleanValue()).isTrue();
        assertThat(ended.json().get("idleDeadlineSeconds").intValue()).isEqualTo(1);
        assertThat(ended.json().get("deadlineExceeded").booleanValue()).isFalse();
        assertThat(ended.json().get("lastLines").textValue().strip()).isEqualTo("checking the network");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aBuildThatIgnoresTermIsKilled(String shell) throws Exception {
        var ended = new EntryRun(shell, directory)
                .set("--idle-deadline", 1)
                .set("--grace", 1)
                .run("sh", "-c", "trap '' TERM; sleep 99; sleep 99; sleep 99");
        assertThat(ended.exitCode()).isEqualTo(124);
        assertThat(ended.json().get("idleDeadlineExceeded").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aBuildThatWritesNowAndThenGoesOn(String shell) throws Exception {
        var ended = new EntryRun(shell, directory)
                .set("--idle-deadline", 5)
                .run("sh", "-c", "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do echo $i; sleep 0.5; done");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.json().get("idleDeadlineExceeded").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aBuildThatComputesInSilenceGoesOn(String shell) throws Exception {
        var ended = new EntryRun(shell, directory)
                .set("--idle-deadline", 5)
                .run(
                        "sh",
                        "-c",
                        "read -r t _ </proc/uptime; end=$((${t%.*} + 7));"
                                + " while [ ${t%.*} -lt $end ]; do read -r t _ </proc/uptime; done");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.json().get("idleDeadlineExceeded").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void withoutAnIdleDeadlineNothingIsStopped(String shell) throws Exception {
        var ended = new EntryRun(shell, directory).run("sleep", "2");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.json().has("idleDeadlineSeconds")).isFalse();
    }
}
