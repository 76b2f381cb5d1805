package dev.smartdispatcher.cli.smartbuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kubectl gets when a user presses the tabulator. */
class CompleteCommandTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "un | undrain :4",
                "wh | why :4",
                "__ | :4",
                "get -o j | json :4",
                "get --al | --all-namespaces :4",
                "run -f x | :0",
                "nonsense x | :4"
            })
    void commandsAndOptions(String words, String answer) {
        var typed = Typed.of("__complete " + words);
        assertThat(typed.status()).isZero();
        assertThat(typed.err()).isEmpty();
        assertThat(typed.out().lines().toList()).isEqualTo(List.of(answer.split(" ")));
    }

    @Test
    void namesOfTheCluster() throws IOException {
        try (var api = FakeApi.of(Typed.FARM)) {
            var kubeconfig = " --kubeconfig " + api.kubeconfig(directory) + " ";
            assertThat(Typed.of("__complete why" + kubeconfig + "zl").out().lines())
                    .containsExactly("zlib-17", "zlib-armv7l-17", ":4");
            assertThat(Typed.of("__complete drain" + kubeconfig + "node").out().lines())
                    .containsExactly("node-3", "node-7", ":4");
        }
    }

    @Test
    void aClusterThatIsAwayHasNoNames() throws IOException {
        var gone = FakeApi.of(Typed.FARM);
        gone.close();
        var typed = Typed.of("__complete why --kubeconfig " + gone.kubeconfig(directory) + " z");
        assertThat(typed.out()).isEqualTo(":4\n");
        assertThat(typed.err()).isEmpty();
    }
}
