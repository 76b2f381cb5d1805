package dev.smartdispatcher.e2e.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packages of RPM that cannot be installed, and lists that are wrong: a sentence that begins with the package's name. */
class RpmBadInputTest {
    @RegisterExtension
    final RunDirectory directory = new RunDirectory();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bad-scriptlet | bad-scriptlet: its scriptlet %post failed with exit status 3",
                "incomplete | incomplete: needs libabsent.so.7, which no list provides",
                "foreign | foreign: foreign-1-1.s390x.rpm is for s390x, and neither for the target armv7l nor for the host i586",
                "junk | junk: junk-1-1.armv7l.rpm is no package: .*",
                "cut | cut: corrupt: it does not verify: .*",
                "conflict | conflict: file conflict: /usr/share/gcc/stub is in gcc too",
                "meddler | reinstalled: bash: /usr/bin/bash is not what it was before the installation",
                "absent | absent: the repository holds no package of this name",
            })
    void eachFailsWithItsNameAndASentence(String bad, String problem) {
        var result = base(directory).install("gcc", bad).run("touch", "/ran");

        assertThat(result.status()).as(result.log()).isEqualTo(123);
        assertThat(result.problem()).matches("(?s)" + problem.replace("(", "\\("));
        assertThat(result.log()).contains("smart-dispatcher: " + result.problem());
        assertThat(result.root().resolve("ran")).doesNotExist();
        assertThat(result.installed()).isEmpty();
    }

    @Test
    void aFullDiskIsNamedWithThePackage() {
        var result = base(directory)
                .install("large")
                .pod("--before", "mkdir -p $SMALL && mount -t tmpfs -o size=20m none $SMALL".replace("$SMALL", root()))
                .run();

        assertThat(result.status()).isEqualTo(123);
        assertThat(result.problem()).startsWith("large: ").containsPattern("no room|No space left");
    }

    @Test
    void aScriptletThatHangsIsNamedWhenTheDeadlineEndsIt() {
        var result = base(directory)
                .install("gcc", "hanging-scriptlet")
                .set("--cache", directory.of("run/cache"))
                .after("timeout", "-k", "20", "12")
                .run();

        assertThat(result.problem()).isEqualTo("hanging-scriptlet: stopped while installing 5 packages");
        assertThat(directory.of("run/cache")).isDirectoryNotContaining("glob:**/root.tar");
    }

    @Test
    void ofSeveralVersionsTheNewestIsInstalled() {
        var result = base(directory).install("twice").run();

        assertThat(result.installed()).as(result.log()).contains("twice\t10-1\tarmv7l");
    }

    @Test
    void aSurplusPackageOfAnEarlierInstallationIsNamed() {
        var first = base(directory).install("gcc").run();
        assertThat(first.status()).as(first.log()).isZero();

        var second = base(directory).install("make").run();

        assertThat(second.problem()).isEqualTo("gcc: installed, although no list names it");
    }

    @Test
    void whatIsNoNameIsFoundByItsLine() {
        var result = base(directory).install("gcc", "--root").run();

        assertThat(result.problem()).isEqualTo("list install, line 2: no name of a package");
    }

    @Test
    void aRepositoryThatIsNotThereOrIsEmptyIsSaid() {
        var absent = base(directory).set("--repository", "/absent").run();
        assertThat(absent.problem()).isEqualTo("the repository is not there: no directory \"/absent\"");

        var empty =
                base(directory).set("--repository", directory.of("run/empty")).run();
        assertThat(empty.problem()).isEqualTo("the repository holds no *.rpm file");
    }

    private String root() {
        return directory.of("run") + "/root";
    }

    /** A small root of the target, with a shell of the host that makes scriptlets fast. */
    private static Installation base(RunDirectory directory) {
        return Installation.rpm(directory.of("run"))
                .set("--repository", Packages.all())
                .list("preinstall", List.of("filesystem", "glibc", "bash", "coreutils", "bash-x86"))
                .noInstall("bash", "bash-x86");
    }
}
