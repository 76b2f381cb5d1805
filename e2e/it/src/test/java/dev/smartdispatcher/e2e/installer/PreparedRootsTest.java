package dev.smartdispatcher.e2e.installer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.e2e.command.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cache of prepared roots: who fills it, who uses it, and what is in it when things go wrong. */
class PreparedRootsTest {
    @RegisterExtension
    final RunDirectory directory = new RunDirectory();

    @Test
    void theSecondBuildUnpacksWhatTheFirstHasInstalled() {
        var first = small("first").install("ping").run();
        var second = small("second").install("ping").run("sh", "-c", "rpm -V ping 2>&1 || ls -ln /usr/bin/wall");

        assertThat(cacheOf(first)).as(first.log()).isEqualTo("filled");
        assertThat(cacheOf(second)).as(second.log()).isEqualTo("hit");
        assertThat(second.report().get("digest")).isEqualTo(first.report().get("digest"));
        assertThat(second.installed()).isEqualTo(first.installed()).hasSize(6);
        assertThat(second.scriptlets()).isEqualTo(first.scriptlets()).isNotEmpty();
        assertThat(second.output()).containsPattern("-rwxr-sr-x +1 0 +5 ");
    }

    @Test
    void whateverDecidesTheContentDecidesTheKey() throws IOException {
        small("first").install("gcc").run();
        Files.createDirectories(directory.of("run"));

        assertThat(cacheOf(small("other-list").install("make").run())).isEqualTo("filled");
        assertThat(cacheOf(small("other-image")
                        .install("gcc")
                        .set("--image-digest", "sha256:2")
                        .run()))
                .isEqualTo("filled");
        assertThat(cacheOf(small("other-mode")
                        .install("gcc")
                        .set("--mode", "Cross")
                        .run()))
                .isEqualTo("filled");
        assertThat(cacheOf(small("same").install("gcc").run())).isEqualTo("hit");
        assertThat(roots()).hasSize(4);
    }

    @Test
    void ofTwoThatNeedTheSameRootAtOnceOneFillsTheCache() {
        var runs = Stream.of("first", "second")
                .map(name -> CompletableFuture.supplyAsync(
                        () -> small(name).install("gcc").run()))
                .toList();

        assertThat(runs.stream().map(run -> cacheOf(run.join()))).containsExactlyInAnyOrder("filled", "hit");
        assertThat(roots()).hasSize(1);
    }

    @Test
    void whoIsKilledAmidFillingLeavesNothingThatIsUsed() {
        // In place of tar, one that writes a half and is killed with its whole container.
        var half =
                "printf '#!/bin/sh\\nfor a; do case $a in */root.tar) echo half >$a; kill -9 -1; esac; done\\n' >/tmp/tar"
                        + " && chmod 755 /tmp/tar && mount --bind /tmp/tar /bin/tar";
        var killed = small("killed")
                .install("gcc")
                .pod("--before", "mount -t tmpfs none /mnt && " + half.replace("/tmp/tar", "/mnt/tar"))
                .run();
        assertThat(killed.status()).isNotZero();
        assertThat(directory.of("cache")).isDirectoryContaining("glob:**.partial");
        assertThat(roots()).isEmpty();

        var next = small("next").install("gcc").run();

        assertThat(cacheOf(next)).as(next.log()).isEqualTo("filled");
        assertThat(directory.of("cache")).isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void aPreparedRootThatIsDamagedIsMadeAnew() throws IOException {
        small("first").install("gcc").run();
        Files.writeString(roots().get(0).resolve("root.tar"), "damaged");

        var second = small("second").install("gcc").run("sh", "-c", "exit 0");

        assertThat(cacheOf(second)).as(second.log()).isEqualTo("filled");
        assertThat(second.log()).contains("the prepared root cannot be unpacked, and is made anew");
        assertThat(second.status()).isZero();
    }

    @Test
    void theRootsThatWereNotUsedForTheLongestTimeAreRemoved() throws IOException {
        small("first").install("gcc").run();
        var size = Long.parseLong(
                Command.run(List.of("du", "-sb", directory.of("cache").toString()))
                        .succeeded()
                        .split("\t")[0]);
        var oldest = roots().get(0);
        small("second").install("make").run();
        var newest = roots().stream().filter(root -> !root.equals(oldest)).toList();
        Files.setLastModifiedTime(oldest.resolve("used"), FileTime.from(Instant.EPOCH));

        var third = small("third")
                .install("zlib-devel")
                .set("--cache-size", size * 5 / 2)
                .run();

        assertThat(cacheOf(third)).as(third.log()).isEqualTo("filled");
        assertThat(roots()).hasSize(2).doesNotContain(oldest).containsAll(newest);

        var fourth = small("fourth")
                .install("app", "libapp", "appdata")
                .set("--cache-size", size / 2)
                .run();
        assertThat(cacheOf(fourth)).isEqualTo("none");
        assertThat(fourth.log()).contains("the root is not kept");
        assertThat(fourth.status()).isZero();
    }

    @Test
    void whatFailsIsNotKept() {
        var result = small("run")
                .set("--repository", Packages.all())
                .install("bad-scriptlet")
                .run();

        assertThat(result.status()).isEqualTo(123);
        assertThat(roots()).isEmpty();
    }

    @Test
    void aRestrictedPodKeepsOwnersAndModes() {
        var first = small("first").install("ping").restricted().run();
        var second = small("second").install("ping").restricted().run("bash", "-c", "echo $UID");

        assertThat(cacheOf(first)).as(first.log()).isEqualTo("filled");
        assertThat(cacheOf(second)).as(second.log()).isEqualTo("hit");
        assertThat(second.output()).isEqualTo("0\n");
        assertThat(second.lines("../.root.fakeroot")).anyMatch(line -> line.contains("mode=102755,uid=0,gid=5"));
    }

    private static String cacheOf(Installation.Result result) {
        return result.report().path("cache").asText(result.problem());
    }

    private List<Path> roots() {
        try (var files = Files.list(directory.of("cache"))) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9a-f]{64}"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Installation small(String name) {
        var cache = directory.of("cache");
        Command.run(List.of("chmod", "777", cache.toString())).succeeded();
        return Installation.rpm(directory.of(name))
                .preinstall("filesystem", "glibc", "bash", "coreutils", "bash-x86")
                .noInstall("bash", "bash-x86")
                .set("--cache", cache);
    }
}
