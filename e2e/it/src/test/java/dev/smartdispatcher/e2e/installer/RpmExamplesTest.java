package dev.smartdispatcher.e2e.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The concept's example with installer Rpm: what is installed how often, on which host. */
class RpmExamplesTest {
    @RegisterExtension
    final RunDirectory directory = new RunDirectory();

    @Test
    void onAnI586HostSpeedUpsStayOverThePackagesThatAreNotInstalledAgain() throws IOException {
        var result = ConceptExamples.I586
                .lists(Installation.rpm(directory.of("run")), "rpm", "bash", "rpm-x86", "bash-x86")
                .run("rpm", "-qa", "--qf", "%{NAME}\n");

        assertThat(result.status()).as(result.log()).isZero();
        assertThat(result.scriptlets())
                .containsExactlyInAnyOrder(
                        "filesystem armv7l",
                        "glibc armv7l",
                        "coreutils armv7l",
                        "gcc armv7l",
                        "make armv7l",
                        "zlib-devel armv7l",
                        "ping armv7l",
                        "cross-armv7l-gcc i586",
                        "cross-armv7l-binutils i586");
        assertThat(isX86(result, "bash")).isTrue();
        assertThat(isX86(result, "rpm")).isTrue();
        // The root's own rpm reads the same database.
        assertThat(result.output().lines())
                .hasSize(13)
                .contains("rpm", "bash", "rpm-x86", "bash-x86", "cross-armv7l-gcc");
        assertThat(result.report().get("installed").asInt()).isEqualTo(13);
        assertThat(result.installed()).hasSize(13).contains("bash-x86\t1-1\ti586", "gcc\t1-1\tarmv7l");
    }

    @Test
    void toTheLetterTheSpeedUpsAreInstalledOnceAndTheirTargetsNever() throws IOException {
        var result = ConceptExamples.I586
                .lists(Installation.rpm(directory.of("run")), "rpm", "bash")
                .run();

        assertThat(result.status()).as(result.log()).isZero();
        assertThat(result.scriptlets())
                .doesNotContain("rpm armv7l", "bash armv7l")
                .containsOnlyOnce(
                        "rpm-x86 i586", "bash-x86 i586", "cross-armv7l-gcc i586", "cross-armv7l-binutils i586")
                .hasSize(11);
        assertThat(isX86(result, "bash")).isTrue();
        assertThat(isX86(result, "rpm")).isTrue();
    }

    @Test
    void onAnArmHostNothingOfAnotherHostIsThere() throws IOException {
        var result = ConceptExamples.ARMV7L
                .lists(Installation.rpm(directory.of("run")))
                .run("rpm", "-qa", "--qf", "%{NAME} %{INSTALLTIME}\n");

        assertThat(result.status()).as(result.log()).isZero();
        assertThat(result.scriptlets())
                .containsExactlyInAnyOrder(
                        "filesystem armv7l",
                        "glibc armv7l",
                        "bash armv7l",
                        "coreutils armv7l",
                        "rpm armv7l",
                        "gcc armv7l",
                        "make armv7l",
                        "zlib-devel armv7l",
                        "ping armv7l");
        assertThat(result.installed()).allMatch(line -> line.endsWith("\tarmv7l"));
        assertThat(isX86(result, "bash")).isFalse();
        assertThat(result.root().resolve("opt/cross")).doesNotExist();
        assertThat(result.output().lines()).hasSize(9).allMatch(line -> line.matches("[a-z-]+ [0-9]{9,}"));
    }

    /** By the class of the ELF file: 64 bits. */
    static boolean isX86(Installation.Result result, String program) throws IOException {
        try (var file = Files.newInputStream(result.root().resolve("usr/bin/" + program))) {
            return file.readNBytes(5)[4] == 2;
        }
    }
}
