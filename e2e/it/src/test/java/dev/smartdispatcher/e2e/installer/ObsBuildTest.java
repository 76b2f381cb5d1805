package dev.smartdispatcher.e2e.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The concept's example, and what goes wrong, with the real obs-build. */
class ObsBuildTest {
    @RegisterExtension
    final RunDirectory directory = new RunDirectory();

    @ParameterizedTest
    @ValueSource(strings = {"make gcc zlib-devel", "make gcc zlib-devel bash rpm"})
    void onAnI586HostNothingThatIsPreinstalledIsInstalledAgain(String buildRequires) throws IOException {
        var result = ConceptExamples.I586
                .lists(obs(), "rpm", "bash", "rpm-x86", "bash-x86")
                .run(recipe(buildRequires));

        assertThat(result.status()).as(result.log()).isZero();
        assertThat(result.scriptlets())
                .doesNotContain("rpm armv7l", "bash armv7l", "rpm-x86 i586", "bash-x86 i586")
                .containsOnlyOnce("cross-armv7l-gcc i586", "cross-armv7l-binutils i586")
                .hasSize(9);
        assertThat(RpmExamplesTest.isX86(result, "bash")).isTrue();
        assertThat(RpmExamplesTest.isX86(result, "rpm")).isTrue();
        assertThat(result.installed()).hasSize(13).contains("rpm\t1-1\tarmv7l", "bash-x86\t1-1\ti586");
        assertThat(results()).anyMatch(name -> name.startsWith("hello-1-1.armv7"));
    }

    @Test
    void onAnI586HostToTheLetterTheSpeedUpsAreInstalledOnce() throws IOException {
        var result = ConceptExamples.I586.lists(obs(), "rpm", "bash").run(recipe("make bash rpm"));

        assertThat(result.status()).as(result.log()).isZero();
        assertThat(result.scriptlets())
                .doesNotContain("rpm armv7l", "bash armv7l")
                .containsOnlyOnce("rpm-x86 i586", "bash-x86 i586", "cross-armv7l-gcc i586")
                .hasSize(11);
        assertThat(RpmExamplesTest.isX86(result, "rpm")).isTrue();
    }

    @Test
    void onAnArmHostNothingOfAnotherHostIsThere() throws IOException {
        var result = ConceptExamples.ARMV7L.lists(obs()).run(recipe("make gcc bash rpm"));

        assertThat(result.status()).as(result.log()).isZero();
        assertThat(result.scriptlets()).hasSize(9).containsOnlyOnce("rpm armv7l", "bash armv7l");
        assertThat(result.installed()).hasSize(9).allMatch(line -> line.endsWith("\tarmv7l"));
        assertThat(result.root().resolve("opt/cross")).doesNotExist();
    }

    @Test
    void obsBuildExpandsOurConfigurationOfAProject() throws IOException {
        var result = ConceptExamples.I586
                .lists(obs(), "rpm", "bash", "rpm-x86", "bash-x86")
                .set("--resolve", "Repository")
                .file("lists/prjconf", """
                        Type: spec
                        Binarytype: rpm
                        Preinstall: filesystem glibc bash coreutils rpm bash-x86 rpm-x86
                        Required: gcc make zlib-devel ping cross-armv7l-gcc cross-armv7l-binutils
                        """)
                .file("lists/rpmlist-tail", "noinstall: rpm bash rpm-x86 bash-x86\n")
                // What nobody has listed: obs-build adds it, with what it needs.
                .run(recipe("make bash app"));

        assertThat(result.status()).as(result.log()).isZero();
        assertThat(result.scriptlets())
                .doesNotContain("rpm armv7l", "bash armv7l", "rpm-x86 i586", "bash-x86 i586")
                // By a capability; a file that a package requires obs-build does not look for.
                .contains("app armv7l", "libapp armv7l")
                .hasSize(11);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bad-scriptlet | bad-scriptlet: its scriptlet %post failed with exit status 3",
                "incomplete | incomplete: needs libabsent.so.7, which no list provides",
                "conflict | [a-z]+: file conflict: /usr/share/gcc/stub is in [a-z]+ too",
                "absent | absent: the repository holds no package of this name",
                "meddler | reinstalled: .*bash-x86.*",
            })
    void whatCannotBeInstalledIsNamedBeforeTheBuild(String bad, String problem) throws IOException {
        var result = obs().set("--repository", Packages.all())
                .preinstall("filesystem", "glibc", "bash", "coreutils", "rpm", "bash-x86", "rpm-x86")
                .noInstall("rpm", "bash", "rpm-x86", "bash-x86")
                .install("gcc", "make", bad)
                .run(recipe("make"));

        assertThat(result.status()).as(result.log()).isEqualTo(123);
        assertThat(result.problem()).matches("(?s)" + problem);
        assertThat(result.log()).doesNotContain("Executing(%build)");
    }

    @Test
    void aBuildThatFailsIsNoProblemOfTheInstallation() throws IOException {
        var result = ConceptExamples.I586
                .lists(obs(), "rpm", "bash", "rpm-x86", "bash-x86")
                .run(recipe("make", "false"));

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.problem()).isEmpty();
        assertThat(result.report().get("installed").asInt()).isEqualTo(13);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpio", "mount"})
    void whatObsBuildCallsIsInTheImage(String program) throws IOException {
        var result = ConceptExamples.I586
                .lists(obs(), "rpm", "bash")
                .pod("--before", "mount --bind /dev/null /usr/bin/" + program)
                .run(recipe("make"));

        assertThat(result.status()).isEqualTo(123);
        assertThat(result.problem()).isEqualTo("installer ObsBuild needs " + program + " in the image: there is none");
    }

    @Test
    void aVirtualMachineNeedsItsDevice() throws IOException {
        var result = ConceptExamples.I586
                .lists(obs(), "rpm", "bash")
                .set("--vm", "kvm")
                .set("--vm-memory", 512)
                .pod("--before", "[ ! -e /dev/kvm ] || mount --bind /etc/passwd /dev/kvm")
                .run(recipe("make"));

        assertThat(result.problem()).isEqualTo("a build in a virtual machine needs /dev/kvm: it cannot be opened");
    }

    private Installation obs() {
        return Installation.obs(directory.of("run")).after("env", "BUILD_RESULTS=" + directory.of("run") + "/results");
    }

    private List<String> results() throws IOException {
        try (var files = Files.list(directory.of("run/results"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private String recipe(String buildRequires) throws IOException {
        return recipe(buildRequires, "make");
    }

    private String recipe(String buildRequires, String build) throws IOException {
        return Files.writeString(directory.of("run").resolve("hello.spec"), """
                        %%define __os_install_post %%{nil}
                        %%define debug_package %%{nil}
                        Name: hello
                        Version: 1
                        Release: 1
                        Summary: hello
                        License: MIT
                        BuildRequires: %s
                        %%description
                        hello
                        %%prep
                        %%build
                        printf 'all:\\n\\techo made\\n' >Makefile
                        %s
                        %%install
                        mkdir -p %%{buildroot}/usr/share
                        echo hi >%%{buildroot}/usr/share/hello
                        %%files
                        /usr/share/hello
                        """.formatted(buildRequires, build))
                .toString();
    }
}
