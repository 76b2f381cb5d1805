package dev.smartdispatcher.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the entry does for an installer that comes before the command, in the same container or in one before it. */
@Timeout(300)
class EntryInstallTest {
    @TempDir
    private Path directory;

    static List<String> shells() throws IOException {
        return EntryRun.shells();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theInstallersReportIsPartOfTheEntrys(String shell) throws Exception {
        var report = "{\"installed\":97,\"digest\":\"sha256:ab\",\"cache\":\"none\",\"seconds\":3.5}";
        var ended = entry(shell).with("TEXT", report).run("sh", "-c", "echo \"$TEXT\" > report; echo one");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.json().get("install").textValue()).isEqualTo(report);
        assertThat(ended.log()).isEqualTo("one\n");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aProblemIsReportedWithTheEndOfTheOutput(String shell) throws Exception {
        var problem = "{\"problem\":\"bash: its scriptlet %post failed with exit status 1\"}";
        var ended = entry(shell).with("TEXT", problem).run("sh", "-c", "echo \"$TEXT\" > report; echo sorry; exit 123");
        assertThat(ended.exitCode()).isEqualTo(123);
        assertThat(ended.json().get("install").textValue()).isEqualTo(problem);
        assertThat(ended.json().get("lastLines").textValue()).isEqualTo("sorry");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whateverIsWrittenThereTheReportCanBeRead(String shell) throws Exception {
        var ended =
                entry(shell).run("sh", "-c", "seq 99999 > report; printf '\"\\\\{\\001' >> report; seq 9999; exit 1");
        assertThat(ended.json().get("install").textValue()).startsWith("1\n2\n").hasSizeLessThanOrEqualTo(1280);
        assertThat(ended.message()).hasSizeLessThanOrEqualTo(4096);
        assertThat(ended.json().get("exitCode").intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void withoutAReportNothingIsSaidOfOne(String shell) throws Exception {
        assertThat(entry(shell).run("true").json().has("install")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theListOfWhatIsInstalledIsBesideTheResults(String shell) throws Exception {
        entry(shell).run("sh", "-c", "printf 'gcc\\t12\\tx86_64\\n' > installed; echo r > out/r");
        assertThat(claim("installed")).hasContent("gcc\t12\tx86_64\n");
        assertThat(claim("r")).hasContent("r");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void itIsThereAfterAFailureTooAndAResultOfItsNameStays(String shell) throws Exception {
        entry(shell).run("sh", "-c", "echo list > installed; exit 1");
        assertThat(claim("installed")).hasContent("list");
        entry(shell).run("sh", "-c", "echo list > installed; echo mine > out/installed");
        assertThat(claim("installed")).hasContent("mine");
        assertThat(claim("smart-dispatcher.installed")).hasContent("list");
    }

    /** In a container before the build's, the first entry writes down when it began. */
    @ParameterizedTest
    @MethodSource("shells")
    void theDeadlineCountsFromTheFirstContainerOfThePod(String shell) throws Exception {
        var clock = directory.resolve("clock");
        entry(shell).set("--clock", clock).run("true");
        var began = Long.parseLong(Files.readString(clock).strip());
        entry(shell).set("--clock", clock).run("true");
        assertThat(clock).hasContent(Long.toString(began));

        // Ten seconds before: the machine runs for longer.
        Files.writeString(clock, (began - 1000) + "\n");
        var late = entry(shell)
                .set("--clock", clock)
                .set("--deadline", 10)
                .set("--grace", 1)
                .run("sleep", "50");
        assertThat(late.exitCode()).isEqualTo(124);
        assertThat(late.json().get("deadlineExceeded").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aClockThatCannotBeCountsForNothing(String shell) throws Exception {
        for (var text : List.of("999999999999999", "-5", "abc", "1e3", "007")) {
            Files.writeString(directory.resolve("clock"), text + "\n");
            var ended = entry(shell)
                    .set("--clock", directory.resolve("clock"))
                    .set("--deadline", 30)
                    .run("true");
            assertThat(ended.exitCode()).as(text).isZero();
        }
    }

    /** As root this gives the files away, otherwise to who has them; whose a link's target is stays as it is. */
    @ParameterizedTest
    @MethodSource("shells")
    void directoriesAndKeptFilesAreTheCommandsUsers(String shell) throws Exception {
        boolean root = "root".equals(System.getProperty("user.name"));
        int user = root ? 65532 : (int) Files.getAttribute(directory, "unix:uid");
        int group = root ? 65532 : (int) Files.getAttribute(directory, "unix:gid");
        var outside = Files.writeString(directory.resolve("outside"), "");
        var before = Files.getAttribute(outside, "unix:uid");
        entry(shell)
                .set("--user", user + ":" + group)
                .run("sh", "-c", "echo list > installed; echo r > out/r; ln -s \"$PWD/outside\" out/link");
        assertThat(Files.getAttribute(directory.resolve("home"), "unix:uid")).isEqualTo(user);
        assertThat(Files.getAttribute(directory.resolve("out"), "unix:uid")).isEqualTo(user);
        for (var kept : List.of("", "r", "installed")) {
            assertThat(Files.getAttribute(claim(kept), "unix:uid")).as(kept).isEqualTo(user);
        }
        assertThat(Files.getAttribute(directory.resolve("claim/job"), "unix:gid"))
                .isEqualTo(group);
        assertThat(Files.getAttribute(outside, "unix:uid")).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aCommandOfAnotherUserCannotReplaceTheInstallersReport(String shell) throws Exception {
        var state = Files.createDirectory(directory.resolve("state"));
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));
        var ended =
                entry(shell).set("--state", state).set("--user", user()).run("sh", "-c", "ls -ld state | cut -c 1-10");
        assertThat(ended.log()).isEqualTo("drwxr-xr-x\n");
    }

    /** Root would remove, and give away, what others have in the same claim. */
    @ParameterizedTest
    @MethodSource("shells")
    void noLinkLeadsRootElsewhereInTheClaim(String shell) throws Exception {
        var others = Files.createDirectories(claim("").getParent().resolveSibling("others/1"));
        var precious = Files.writeString(others.resolve("precious"), "theirs");
        for (var command : List.of("true", "rm -r claim/job; ln -s others claim/job")) {
            var ended = entry(shell)
                    .set("--user", user())
                    .set("--log-size", 1000)
                    .run("sh", "-c", command + "; echo r > out/r");
            assertThat(ended.exitCode()).as(command).isEqualTo(command.equals("true") ? 0 : 122);
        }
        assertThat(claim("").getParent()).isSymbolicLink();
        var linked = entry(shell).set("--user", user()).set("--log-size", 1000).run("sh", "-c", "echo r > out/r");
        assertThat(linked.exitCode()).isEqualTo(122);
        assertThat(linked.json().get("results").textValue()).isEqualTo("failed");
        assertThat(linked.json().get("message").textValue()).endsWith("claim/job is a link");
        assertThat(precious).hasContent("theirs");
        assertThat(others).isDirectoryNotContaining(file -> file.endsWith("r") || file.endsWith("log.gz"));
    }

    /** The directory for the log is made slowly: were it made beside the command, the command's link would be there first. */
    @ParameterizedTest
    @MethodSource("shells")
    void noLinkLeadsRootElsewhereWhileTheCommandRuns(String shell) throws Exception {
        var tools = Files.createDirectory(directory.resolve("tools"));
        var slow = Files.writeString(tools.resolve("mkdir"), """
                #!/bin/sh
                case $* in
                    *claim/job/1) for i in $(seq 50); do [ -e '%s' ] || sleep 0.02; done ;;
                esac
                exec %s "$@"
                """.formatted(
                        directory.resolve("out/r"), EntryRun.find("mkdir").orElseThrow()));
        Files.setPosixFilePermissions(slow, PosixFilePermissions.fromString("rwxr-xr-x"));
        var others = Files.createDirectories(directory.resolve("claim/others/1"));
        var ended = entry(shell)
                .withTools(tools)
                .set("--user", user())
                .set("--log-size", 1000)
                .run("sh", "-c", "rm -r claim/job; ln -s others claim/job; echo r > out/r; echo said");
        assertThat(ended.exitCode()).isEqualTo(122);
        assertThat(ended.log()).startsWith("said\n");
        assertThat(others).isEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void noLinkAmongTheResultsIsWrittenTo(String shell) throws Exception {
        var precious = Files.writeString(directory.resolve("precious"), "theirs");
        var ended = entry(shell)
                .set("--user", user())
                .run(
                        "sh",
                        "-c",
                        "echo list > installed; cd out; touch installed; ln -s \"$PWD/../precious\" smart-dispatcher.installed");
        assertThat(ended.exitCode()).isZero();
        assertThat(precious).hasContent("theirs");
        assertThat(claim("smart-dispatcher.installed")).isRegularFile().hasContent("list");
    }

    /** Root could read a directory that the command cannot, and would give away a copy of it. */
    @ParameterizedTest
    @MethodSource("shells")
    void resultsThatAreALinkAreInADirectoryOfTheCommandsUser(String shell) throws Exception {
        Files.writeString(
                Files.createDirectories(directory.resolve("elsewhere")).resolve("r"), "r");
        var link = "rmdir out; ln -s elsewhere out";
        var own = entry(shell).set("--user", user()).run("sh", "-c", link);
        assertThat(own.exitCode()).isZero();
        assertThat(claim("r")).hasContent("r");
        Files.delete(directory.resolve("out"));
        // Nobody is this user here.
        var others = entry(shell).set("--user", "4242:4242").run("sh", "-c", "rm -r out; ln -s elsewhere out");
        assertThat(others.exitCode()).isEqualTo(122);
        assertThat(others.json().get("message").textValue()).endsWith("out is a link");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void allDirectoriesThatAreMadeForTheCommandAreItsUsers(String shell) throws Exception {
        boolean root = "root".equals(System.getProperty("user.name"));
        int user = root ? 65532 : (int) Files.getAttribute(directory, "unix:uid");
        var ended = entry(shell)
                .set("--user", root ? "65532:65532" : user())
                .set("--results", directory.resolve("a/b/out"))
                .with("HOME", "c/d/")
                .run("true");
        assertThat(ended.exitCode()).isZero();
        for (var made : List.of("a", "a/b", "a/b/out", "c", "c/d")) {
            assertThat(Files.getAttribute(directory.resolve(made), "unix:uid"))
                    .as(made)
                    .isEqualTo(user);
        }
    }

    private String user() throws IOException {
        return Files.getAttribute(directory, "unix:uid") + ":" + Files.getAttribute(directory, "unix:gid");
    }

    private EntryRun entry(String shell) {
        return new EntryRun(shell, directory)
                .set("--keep", directory.resolve("claim/job/1"))
                .set("--install-report", directory.resolve("report"))
                .set("--installed", directory.resolve("installed"));
    }

    private Path claim(String name) {
        return directory.resolve("claim/job/1").resolve(name);
    }
}
