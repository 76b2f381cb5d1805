package dev.smartdispatcher.e2e.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.smartdispatcher.e2e.command.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Installer Deb with Debian's own packages. A root of its smallest set is installed once, and kept as a prepared root; it is the
 * image of the other tests' containers.
 */
class DebInstallationTest {
    /** What installing it took, in seconds. */
    private static double built;

    private static Path cache;
    private static Path image;

    @RegisterExtension
    final RunDirectory directory = new RunDirectory();

    @BeforeEach
    void prepare() {
        assumeTrue("amd64".equals(System.getProperty("os.arch")), "its packages are for amd64");
        if (cache == null) {
            cache = Packages.runs().resolve("deb-cache");
            Command.run(List.of("install", "-d", "-o", "1000000", "-g", "1000000", cache.toString()))
                    .succeeded();
            var first = base(Packages.runs().resolve("deb-image")).run();
            image = first.root();
            assertThat(first.report().path("cache").asText()).as(first.log()).isEqualTo("filled");
            built = first.report().get("seconds").asDouble();
        }
    }

    /** Of three, as this machine may do other things: the figures of documents are made on a quiet one. */
    @Test
    void aPreparedRootIsUnpackedInsteadOfBuilt() {
        Installation.Result hit = null;
        var seconds = Double.MAX_VALUE;
        for (var run = 0; run < 3; run++) {
            hit = base(directory.of("run" + run))
                    .run("sh", "-c", "dpkg --audit && dpkg -V && dpkg -l | grep -c ^ii && ls /usr/sbin/policy-rc.d");
            assertThat(hit.report().path("cache").asText()).as(hit.log()).isEqualTo("hit");
            seconds = Math.min(seconds, hit.report().get("seconds").asDouble());
        }
        System.out.printf(
                "a root of %d packages: built and kept in %.1f s, unpacked in %.1f s, %.0f times as fast%n",
                hit.report().get("installed").asInt(), built, seconds, built / seconds);
        assertThat(hit.output()).isEqualTo("82\n");
        assertThat(hit.log()).contains("policy-rc.d': No such file");
    }

    @Test
    void theContainersOwnRootGetsThePackages() {
        var result = inImage()
                .list("install", more("service"))
                .remove("counted")
                .run(
                        "sh",
                        "-c",
                        "dpkg --audit; echo 6*7 | bc; [ -e /var/log/forbidden ] && echo no service started; id -u");

        assertThat(result.status()).as(result.log()).isZero();
        assertThat(result.output()).isEqualTo("42\nno service started\n0\n");
        assertThat(result.installed()).hasSize(90).noneMatch(line -> line.startsWith("counted\t"));
        assertThat(changed("var/log/installed")).hasContent("counted configure\nservice configure");
    }

    @Test
    void whatOthersNeedCannotBeRemoved() {
        var result = inImage().remove("usr-is-merged").run();

        assertThat(result.problem()).isEqualTo("usr-is-merged: cannot be removed: init-system-helpers depends on it");
    }

    @Test
    void whatIsNotToBeInstalledIsRecordedAlone() {
        var result = inImage()
                .preinstall("kept")
                .noInstall("kept")
                .install("needs-kept")
                .run(
                        "sh",
                        "-c",
                        "dpkg --audit && dpkg -V kept needs-kept && cat /usr/share/kept/stub && dpkg -s kept | grep ^Status");

        assertThat(result.output()).as(result.log()).isEqualTo("kept\nStatus: install ok installed\n");
        assertThat(changed("var/log/installed")).hasContent("counted configure\nneeds-kept configure");
    }

    @Test
    void theUserRunsTheCommandInTheContainersOwnRoot() {
        var result = inImage().install("service").set("--user", "1000:1001").run("sh", "-c", "echo $(id -u):$(id -g)");

        assertThat(result.output()).as(result.log()).isEqualTo("1000:1001\n");
    }

    @Test
    void aRestrictedPodInstallsByFakechroot() {
        var result = Installation.deb(directory.of("run"))
                .list("preinstall", Packages.names("base.list"))
                .list("install", more("counted"))
                .restricted()
                .run("bash", "-c", "echo 6*7 | bc && dpkg --audit && id -u");

        assertThat(result.output()).as(result.log()).isEqualTo("42\n0\n");
        assertThat(result.installed()).hasSize(90);
        assertThat(result.scriptlets()).containsExactly("counted configure");
    }

    @Test
    void aptAddsWhatTheListsNeed() {
        var result = inImage().install("jq").set("--resolve", "Repository").run("jq", "-n", "1+1");

        assertThat(result.output()).as(result.log()).isEqualTo("2\n");
        assertThat(result.installed()).anyMatch(line -> line.startsWith("libjq1\t"));
    }

    @Test
    void whatIsToBeAbsentNeedNotBeInTheRepository() {
        var result = inImage()
                .install("jq")
                .remove("nowhere")
                .set("--resolve", "Repository")
                .run("jq", "-n", "1+1");

        assertThat(result.output()).as(result.log()).isEqualTo("2\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bad-script | bad-script: its post-installation script failed with exit status 3",
                "incomplete | incomplete: needs libabsent7, which no list provides",
                "foreign | foreign: foreign_1_s390x.deb is for s390x, and neither for the target x86_64 nor for the host x86_64",
                "junk | junk: junk_1_amd64.deb is no package: .*",
                "cut | cut: .*",
                "conflict | conflict: file conflict: /usr/bin/env is in coreutils too",
                "meddler | reinstalled: kept: /usr/share/kept/stub is not what it was before the installation",
                "absent | absent: the repository holds no package of this name",
            })
    void eachFailsWithItsNameAndASentence(String bad, String problem) {
        var result = inImage()
                .set("--repository", Packages.all())
                .preinstall("kept")
                .noInstall("kept")
                .install(bad)
                .run("touch", "/ran");

        assertThat(result.status()).as(result.log()).isEqualTo(123);
        assertThat(result.problem()).matches("(?s)" + problem);
        assertThat(changed("ran")).doesNotExist();
    }

    @Test
    void aScriptThatHangsIsNamedWhenTheDeadlineEndsIt() {
        var result = inImage()
                .set("--repository", Packages.of("bad-deb"))
                .install("hanging-script")
                .after("timeout", "-k", "20", "8")
                .run();

        assertThat(result.problem()).isEqualTo("hanging-script: stopped while installing 1 packages");
    }

    private static List<String> more(String... names) {
        var all = new ArrayList<>(Packages.names("more.list"));
        all.addAll(List.of(names));
        return all;
    }

    private static Installation base(Path directory) {
        return Installation.deb(directory)
                .list("preinstall", Packages.names("base.list"))
                .install("counted")
                .set("--cache", cache);
    }

    /** What the run has changed in its image. */
    private Path changed(String file) {
        return directory.of("run").resolve("changes/upper").resolve(file);
    }

    /** A container whose image is the smallest root of Debian. */
    private Installation inImage() {
        return Installation.deb(directory.of("run")).image(image).pod("--changes", directory.of("run") + "/changes");
    }
}
