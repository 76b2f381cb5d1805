package dev.smartdispatcher.e2e.installer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.e2e.command.Command;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Installer Rpm in the pods, shells and roots that there are. */
class RpmInstallationTest {
    private static final String[] KEPT = {"rpm", "bash", "rpm-x86", "bash-x86"};

    @RegisterExtension
    final RunDirectory directory = new RunDirectory();

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash", "/bin/busybox"})
    void everyShellInstalls(String shell) {
        var result = ConceptExamples.I586.lists(rpm(), KEPT).shell(shell).run("sh", "-c", "exit 7");

        assertThat(result.status()).as(result.log()).isEqualTo(7);
        assertThat(result.scriptlets()).hasSize(9);
    }

    @Test
    void baselineCapabilitiesSuffice() {
        var result = ConceptExamples.I586
                .lists(rpm(), KEPT)
                .pod("--capabilities", "chown,dac_override,fowner,fsetid,setfcap,setuid,setgid,sys_chroot")
                .run("sh", "-c", "echo x >/dev/null && ls -ln /usr/bin/wall && rpm -V ping");

        assertThat(result.status()).as(result.log()).isZero();
        assertThat(result.scriptlets()).hasSize(9);
        // Set-group-id and group tty, as the package has it; rpm has no complaint about the file with capabilities.
        assertThat(result.output()).matches("-rwxr-sr-x +1 0 +5 .*/usr/bin/wall\n");
    }

    @Test
    void aRestrictedPodInstallsByFakechroot() {
        var result = ConceptExamples.I586
                .lists(rpm(), KEPT)
                .restricted()
                .run(
                        "bash",
                        "-c",
                        "rpm -q gcc cross-armv7l-gcc && rpm -V --nocaps ping && echo uid $UID && cat <(echo proc)");

        assertThat(result.status()).as(result.log()).isZero();
        assertThat(result.scriptlets()).hasSize(9);
        // Owners and modes are fakeroot's memory: rpm finds what it has set. Capabilities of files it cannot have.
        assertThat(result.output()).isEqualTo("gcc-1-1.armv7l\ncross-armv7l-gcc-1-1.i586\nuid 0\nproc\n");
    }

    @Test
    void theContainersOwnRootGetsThePackages() {
        var image = directory.of("image");
        var base = ConceptExamples.I586.lists(Installation.rpm(image), KEPT).run();
        assertThat(base.status()).as(base.log()).isZero();

        var result = rpm().image(base.root())
                .install("app", "appdata", "libapp", "gcc")
                .remove("zlib-devel")
                .run("rpm", "-q", "app", "zlib-devel");

        assertThat(result.output()).as(result.log()).isEqualTo("app-1-1.armv7l\npackage zlib-devel is not installed\n");
        assertThat(result.installed()).hasSize(15);
        // gcc was there.
        assertThat(base.scriptlets()).hasSize(12).containsOnlyOnce("gcc armv7l");
    }

    @Test
    void whatTheListsNeedIsAddedFromTheRepository() {
        var lists = rpm().preinstall("filesystem", "glibc", "bash", "coreutils", "bash-x86")
                .noInstall("bash", "bash-x86")
                .install("app");
        assertThat(lists.run().problem()).isEqualTo("app: needs libapp.so.1 >= 2, which no list provides");

        var result = rpm().preinstall("filesystem", "glibc", "bash", "coreutils", "bash-x86")
                .noInstall("bash", "bash-x86")
                .install("app")
                .set("--root", directory.of("run") + "/root")
                .set("--resolve", "Repository")
                .run();

        assertThat(result.status()).as(result.log()).isZero();
        assertThat(result.installed())
                .contains("libapp\t1-1\tarmv7l", "appdata\t1-1\tarmv7l")
                .hasSize(8);
    }

    @Test
    void listsMayBeCompressed() {
        var installation = rpm().preinstall("filesystem", "glibc", "bash", "coreutils", "bash-x86")
                .noInstall("bash", "bash-x86")
                .install("gcc");
        Command.run(List.of("gzip", directory.of("run") + "/lists/preinstall")).succeeded();

        assertThat(installation.run().installed()).hasSize(6);
    }

    private Installation rpm() {
        return Installation.rpm(directory.of("run"));
    }
}
