package dev.smartdispatcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.packages.PackageRules;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImportPrjconfCommandTest {
    private static final String COMMAND = "import-prjconf";
    private static final Path RESOURCES = Path.of("src/test/resources/prjconf");

    @TempDir
    private Path directory;

    static List<Path> configs() {
        return Goldens.in("prjconf");
    }

    @ParameterizedTest
    @MethodSource("configs")
    void printsTheEnvironment(Path configDirectory) throws IOException {
        var run = Run.command(COMMAND, Goldens.arguments(configDirectory), files(configDirectory));
        assertThat(run.status()).as(run.err()).isZero();
        Goldens.compare(configDirectory.resolve("environment.yaml"), run.out());
        Goldens.compare(configDirectory.resolve("remarks"), run.err());
    }

    /** What the operator makes of the rules is what the config says for each target alone. */
    @ParameterizedTest
    @CsvSource({"x86_64", "i586", "aarch64", "armv7l", "ppc64le", "s390x", "riscv64", "ppc64", "armv6l", "loongarch64"})
    void rulesComeToTheListsOfEachTarget(Architecture target) throws IOException {
        var arguments = Goldens.arguments(RESOURCES.resolve("distribution")) + " -o json";
        var all = spec(arguments, RESOURCES.resolve("distribution"));
        var alone = spec(arguments + " --arch " + target, RESOURCES.resolve("distribution"));
        assertThat(alone.rules()).isEmpty();
        var lists = PackageRules.evaluate(all, target, target, Mode.Native).lists();
        assertThat(lists.preinstall())
                .containsExactlyInAnyOrderElementsOf(alone.packages().preinstall());
        assertThat(lists.install())
                .containsExactlyInAnyOrderElementsOf(alone.packages().install());
        assertThat(lists.install()).contains("gcc13", "perl-base", "post-build-checks", "inetutils", "hostname");
    }

    /** The concept's second case: only on another architecture's worker, the host's programs. */
    @Test
    void acceleratorsAreForWorkersThatEmulate() throws IOException {
        var environment = spec(
                Goldens.arguments(RESOURCES.resolve("accelerated")) + " -o json", RESOURCES.resolve("accelerated"));
        var emulated = PackageRules.evaluate(environment, Architecture.i586, Architecture.armv7l, Mode.Emulated)
                .lists();
        assertThat(emulated.preinstall()).contains("rpm", "bash", "rpm-x86", "bash-x86");
        assertThat(emulated.install()).contains("cross-armv7l-gcc", "cross-armv7l-binutils");
        var itself = PackageRules.evaluate(environment, Architecture.armv7l, Architecture.armv7l, Mode.Native)
                .lists();
        assertThat(itself.preinstall()).containsExactlyInAnyOrder("filesystem", "glibc", "bash", "rpm");
        assertThat(itself.install()).containsExactlyInAnyOrder("gcc", "make");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "%if 1 + | syntax error in expression: a value is missing at the end",
                "%if (1 | syntax error in expression: ')' is missing",
                "%if 1 1 | syntax error in expression before '1'",
                "%if 1/0 | division by zero",
                "%if \"a\" - 1 | argument of - is not a number: 'a'",
                "%if %stage > 1 | %stage is not defined; --define gives it a value",
                "Required: %(rm -rf x) | %(...) runs a program, which is not done here",
                "Required: %{gsub x} | macro %gsub is not supported",
                "Required: %{?x | | ",
                "%define a x%a~Required: %a | macros are nested more than 100 levels deep",
                "%define a %b%b%b%b%b%b%b%b%b%b~%define b %c%c%c%c%c%c%c%c%c%c~%define c %d%d%d%d%d%d%d%d%d%d~%define d x"
                        + "~Required: %a | more than 1000 macros are used",
                "Required: %{rep xx 60000} | macros make more than 65536 characters",
                "%{?x: | a macro that goes over several lines is not supported"
            })
    void whatCannotBeEvaluatedFails(String config, String message) throws IOException {
        var file = Files.writeString(directory.resolve("bad.conf"), config.replace("~", "\n") + "\n");
        var run = Run.command(COMMAND, "--image i --arch x86_64", file.toString());
        if (message == null) {
            assertThat(run.status()).isZero();
            return;
        }
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("error: " + file + ":" + config.split("~").length + ": ")
                .contains(message);
    }

    @Test
    void whatIsNoPackageIsListed() throws IOException {
        var file = Files.writeString(
                directory.resolve("a.conf"), "Required: gcc >= 12 -vim (a or b) x%{y}z\n%else\n%if 1\nSupport: less\n");
        var run = Run.command(COMMAND, "--image i --arch x86_64", file.toString());
        assertThat(run.status()).isZero();
        assertThat(run.err().lines().map(line -> line.substring(file.toString().length())))
                .contains(
                        ":1: not carried over: '>=' in 'Required: gcc >= 12 -vim (a or b) x%{y}z' (not the name of a package)",
                        ":1: not carried over: '-vim' in 'Required: gcc >= 12 -vim (a or b) x%{y}z' (not the name of a package)",
                        ":2: note: %else without %if")
                .anyMatch(line -> line.contains("%endif is missing"));
        assertThat(run.out()).contains("- gcc\n").doesNotContain("- less");
    }

    @Test
    void aTextOfTheInputStaysInItsComment() throws IOException {
        var file = Files.writeString(directory.resolve("a.conf"), "Prefer: a\u2028kind: b\u0085spec: c\r\n");
        var run = Run.command(COMMAND, "--image i --arch x86_64", file.toString());
        var object = Serialization.unmarshal(run.out(), JsonNode.class);
        assertThat(object.path("kind").asText()).isEqualTo("BuildEnvironment");
        assertThat(object.path("spec").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--arch x86_64 | Missing required option: '--image=IMAGE'",
                "--image i --arch sparc | 'sparc' is not an architecture",
                "--image i --name A_B | --name 'A_B' is not the name of an object",
                "--image i --repository r --installer None | --installer None is what an environment without --repository has",
                "--image i --repository r --installer Zypper | expected one of",
                "--image i -D novalue | KEY=VALUE"
            })
    void wrongUsageIsStatus2(String arguments, String message) {
        var run = Run.command(COMMAND, arguments, files(RESOURCES.resolve("virtual")));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message);
    }

    private static BuildEnvironmentSpec spec(String arguments, Path configDirectory) {
        var run = Run.command(COMMAND, arguments, files(configDirectory));
        var object = Serialization.unmarshal(run.out(), JsonNode.class);
        return Serialization.jsonMapper().convertValue(object.path("spec"), BuildEnvironmentSpec.class);
    }

    private static String[] files(Path configDirectory) {
        try (var files = Files.list(configDirectory)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".conf"))
                    .sorted()
                    .toArray(String[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
