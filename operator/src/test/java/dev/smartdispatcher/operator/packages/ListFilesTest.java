package dev.smartdispatcher.operator.packages;

import static dev.smartdispatcher.operator.packages.Environments.CONCEPT;
import static dev.smartdispatcher.operator.packages.Environments.environment;
import static dev.smartdispatcher.operator.packages.Environments.installing;
import static dev.smartdispatcher.operator.packages.Environments.lists;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListFilesTest {
    private static Map<String, ListFile> files(BuildEnvironmentSpec environment) {
        return PackageRules.evaluate(environment, Architecture.x86_64, Architecture.x86_64, Mode.Native)
                .lists()
                .files();
    }

    @Test
    void everyListIsAFileWithOneNameALineInOrder() {
        var plan = PackageRules.evaluate(CONCEPT, Architecture.i586, Architecture.armv7l, Mode.Cross);
        var texts = new TreeMap<String, String>();
        plan.lists().files().forEach((name, file) -> texts.put(name, file.text()));
        assertThat(texts)
                .containsExactly(
                        entry("install", "gcc\nmake\ncross-armv7l-gcc\ncross-armv7l-binutils\n"),
                        entry("no-install", "rpm\nbash\n"),
                        entry("preinstall", "rpm\nbash\ncoreutils\nrpm-x86\nbash-x86\n"),
                        entry("prjconf", """
                                Preinstall: rpm bash coreutils rpm-x86 bash-x86
                                Required: gcc make cross-armv7l-gcc cross-armv7l-binutils
                                """),
                        entry("remove", ""),
                        entry("rpmlist-tail", "noinstall: rpm bash\n"),
                        entry("trace", """
                                # rules that apply: cross-armv7l
                                # rules that do not:
                                rpm\tpreinstalled, kept from reinstall\tpreinstall by spec.packages; noInstall by rule cross-armv7l
                                bash\tpreinstalled, kept from reinstall\tpreinstall by spec.packages; noInstall by rule cross-armv7l
                                coreutils\tpreinstalled\tpreinstall by spec.packages
                                gcc\tinstalled\tinstall by spec.packages
                                make\tinstalled\tinstall by spec.packages
                                rpm-x86\tpreinstalled\tpreinstall by rule cross-armv7l
                                bash-x86\tpreinstalled\tpreinstall by rule cross-armv7l
                                cross-armv7l-gcc\tinstalled\tinstall by rule cross-armv7l
                                cross-armv7l-binutils\tinstalled\tinstall by rule cross-armv7l
                                """));
    }

    @Test
    void removedNamesAreTakenOutOfWhatAnEarlierConfigSaid() {
        var files = files(environment(lists(List.of(), List.of("gcc"), List.of(), List.of("vim", "emacs"))));
        assertThat(files.get("remove").text()).isEqualTo("vim\nemacs\n");
        assertThat(files.get("prjconf").text()).isEqualTo("""
                        Required: gcc
                        Preinstall: !vim !emacs
                        Required: !vim !emacs
                        Support: !vim !emacs
                        """);
    }

    @Test
    void emptyListsAreEmptyFiles() {
        var files = files(environment(lists(null, null, null, null)));
        assertThat(files)
                .containsOnlyKeys("install", "no-install", "preinstall", "prjconf", "remove", "rpmlist-tail", "trace");
        for (var name : List.of("install", "no-install", "preinstall", "prjconf", "remove", "rpmlist-tail")) {
            assertThat(files.get(name).text()).as(name).isEmpty();
        }
    }

    @Test
    void tenThousandNamesAreCarriedInCompressedFiles() {
        var names = IntStream.range(0, 10_000)
                .mapToObj(i -> "texlive-collection-font-" + i + "-devel")
                .toArray(String[]::new);
        var environment = environment(installing(names));
        assertThat(EnvironmentCheck.problems(environment)).isEmpty();
        var files = files(environment);
        assertThat(files).containsKeys("install.gz", "prjconf.gz", "trace.gz", "preinstall", "no-install");
        assertThat(files).doesNotContainKeys("install", "prjconf", "trace");
        assertThat(files.get("install.gz").text().lines()).containsExactly(names);
        assertThat(files.values().stream().mapToInt(ListFile::size).sum()).isLessThan(1 << 20);
    }
}
