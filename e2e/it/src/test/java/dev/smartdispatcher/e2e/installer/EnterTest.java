package dev.smartdispatcher.e2e.installer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the command finds in its root, and as whom it runs. */
class EnterTest {
    @RegisterExtension
    final RunDirectory directory = new RunDirectory();

    @Test
    void theCommandRunsAsItsUserWithItsDirectoryAndItsVariables() {
        var work = directory.of("run/work");
        var result = small().set("--user", "1000:1001")
                .set("--bind", work)
                .after("env", "--chdir=" + work, "odd-name=x", "IFS=y", "_sd_root=z")
                .run(
                        "bash",
                        "-c",
                        "echo $(id -u):$(id -g) $PWD; cat <(env | grep -c -e ^odd-name=x -e ^_sd_root=z); exit 3");

        assertThat(result.status()).as(result.log()).isEqualTo(3);
        assertThat(result.output()).isEqualTo("1000:1001 " + work + "\n2\n");
    }

    @Test
    void noVariableOfTheJobReachesTheInstallation() {
        var result = small().install("gcc", "make")
                .after(
                        "env",
                        "RPM_CONFIGDIR=/absent",
                        "TAR_OPTIONS=--absent",
                        "LD_PRELOAD=/absent",
                        "PATH=/absent",
                        "LC_ALL=C.UTF-8")
                .run("/bin/sh", "-c", "echo $RPM_CONFIGDIR $PATH");

        assertThat(result.status()).as(result.log()).isZero();
        assertThat(result.output()).isEqualTo("/absent /absent\n");
    }

    @Test
    void aRootThatWasPreparedBeforeIsEntered() {
        var prepared = small().run();
        assertThat(prepared.status()).as(prepared.log()).isZero();

        var entered = small().enter().run("bash", "-c", "echo $PWD; ls /proc/self/exe >/dev/null && exit 5");

        assertThat(entered.status()).as(entered.log()).isEqualTo(5);
        assertThat(entered.output()).isEqualTo("/\n");
    }

    /** A runtime gives a container that starts as root the groups of root; volumes have groups of their own. */
    @Test
    void theCommandHasTheGroupsOfVolumesButNotThoseOfRoot() {
        var result = small().set("--user", "1000:1001")
                .after("setpriv", "--groups", "0,77,1001")
                .enterAt("/")
                .run("id", "-G");

        assertThat(result.output()).as(result.log()).isEqualTo("1001 77\n");
    }

    /** Which the entry gives it, under which the installer runs. */
    @Test
    void theCommandKeepsThePersonalityOfTheInstaller() {
        var result = small().set("--user", "1000:1001")
                .set("--mode", "Compat")
                .after("setarch", "linux32")
                .enterAt("/")
                .run("uname", "-m");

        assertThat(result.output()).as(result.log()).isEqualTo("i686\n");
    }

    private Installation small() {
        return Installation.rpm(directory.of("run"))
                .preinstall("filesystem", "glibc", "bash", "coreutils", "bash-x86")
                .noInstall("bash", "bash-x86");
    }
}
