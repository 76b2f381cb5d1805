package dev.smartdispatcher.operator.packages;

import static dev.smartdispatcher.operator.packages.Environments.CONCEPT;
import static dev.smartdispatcher.operator.packages.Environments.environment;
import static dev.smartdispatcher.operator.packages.Environments.lists;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListFilesTest {
    @Test
    void everyListIsAFileWithOneNameALineSorted() {
        var plan = PackageRules.evaluate(CONCEPT, Architecture.i586, Architecture.armv7l, Mode.Cross);
        assertThat(ListFiles.of(plan))
                .containsExactly(
                        entry("install", "cross-armv7l-binutils\ncross-armv7l-gcc\ngcc\nmake\n"),
                        entry("no-install", "bash\nrpm\n"),
                        entry("preinstall", "bash\nbash-x86\ncoreutils\nrpm\nrpm-x86\n"),
                        entry("prjconf", """
                                Preinstall: bash bash-x86 coreutils rpm rpm-x86
                                Required: cross-armv7l-binutils cross-armv7l-gcc gcc make
                                Ignore: bash rpm
                                """),
                        entry("remove", ""));
    }

    @Test
    void removedNamesAreTakenOutOfWhatAnEarlierConfigSaid() {
        var environment = environment(lists(List.of(), List.of("gcc"), List.of(), List.of("vim", "emacs")));
        var files =
                ListFiles.of(PackageRules.evaluate(environment, Architecture.x86_64, Architecture.x86_64, Mode.Native));
        assertThat(files).containsEntry("remove", "emacs\nvim\n");
        assertThat(files.get("prjconf")).isEqualTo("""
                        Required: gcc
                        Preinstall: !emacs !vim
                        Required: !emacs !vim
                        Support: !emacs !vim
                        """);
    }

    @Test
    void emptyListsAreEmptyFiles() {
        var environment = environment(lists(null, null, null, null));
        var files =
                ListFiles.of(PackageRules.evaluate(environment, Architecture.x86_64, Architecture.x86_64, Mode.Native));
        assertThat(files)
                .containsOnlyKeys("install", "no-install", "preinstall", "prjconf", "remove")
                .allSatisfy((name, content) -> assertThat(content).isEmpty());
    }
}
