package dev.smartdispatcher.e2e.installer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.e2e.command.Command;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptStyleTest {
    @Test
    void shellcheckHasNothingToSayOfTheInstaller() {
        var scripts = Packages.scripts().toString();
        var checked = Command.run(List.of(
                "sh",
                "-c",
                "cd " + scripts + " && exec shellcheck --external-sources --exclude SC2317 install.sh install-*.sh"));

        assertThat(checked.output()).isEmpty();
        assertThat(checked.status()).isZero();
    }
}
