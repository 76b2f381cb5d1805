package dev.smartdispatcher.e2e.api.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.definitions.Sample;
import dev.smartdispatcher.e2e.raw.RawApi;
import dev.smartdispatcher.e2e.raw.Trials;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Package lists take names as distributions have them, and nothing that could become more than a name in a script. */
@ApiTier
class PackageNamesApiIT {
    private static final Definition ENVIRONMENT = Definition.of("BuildEnvironment");

    private static ObjectNode environment(String... names) {
        var sample = Sample.of(ENVIRONMENT).object();
        var list = sample.withObject("/spec/packages").putArray("install");
        for (var name : names) {
            list.add(name);
        }
        return sample;
    }

    private static int code(KubernetesClient client, String... names) {
        return new Trials(new RawApi(client))
                .answer(ENVIRONMENT, environment(names), false)
                .code();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gcc-c++",
                "0ad",
                "_service",
                "@core",
                "@^minimal-environment",
                "@nodejs:20/common",
                "libstdc++_Gtk3.0+~git2^1",
                "perl(strict)",
                "perl(Foo::Bar)",
                "npm(@types/node)",
                "libssl.so.3()(64bit)",
                "/usr/bin/cmp",
                "libc6:armhf",
                "!gcc",
                "!@core",
                "!*"
            })
    void accepted(String name, KubernetesClient client) {
        assertThat(code(client, name)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two words",
                " gcc",
                "gcc ",
                "a\tb",
                "new\nline",
                "ends\n",
                "\u0007bell",
                "-rf",
                "~root",
                "$(id)",
                "$HOME",
                "`id`",
                "a;b",
                "a|b",
                "a&b",
                "a<b",
                "a>b",
                "a'b",
                "a\"b",
                "a\\b",
                "a*",
                "*",
                "a?",
                "[a]",
                "{a,b}",
                "a#b",
                "a=b",
                "a%b",
                "a!",
                "!",
                "!!a",
                "@",
                "üml"
            })
    void refused(String name, KubernetesClient client) {
        var answer = new Trials(new RawApi(client)).answer(ENVIRONMENT, environment("gcc", name), false);
        assertThat(answer.code()).isEqualTo(422);
        assertThat(answer.message()).contains("spec.packages.install[1]");
    }

    @Test
    void tenThousandNamesAreAccepted(KubernetesClient client) {
        var names = IntStream.range(0, 10_000)
                .mapToObj(i -> "texlive-collection-font-" + i + "-devel")
                .toArray(String[]::new);
        assertThat(code(client, names)).isEqualTo(200);
    }
}
