package dev.smartdispatcher.cli.smartbuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users read when the cluster does not do what they ask. */
class RefusalTest {
    private static final String KINDS = "/apis/smartdispatcher.dev/v1alpha1";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | buildjobs.smartdispatcher.dev is forbidden: User \"jane\" cannot list resource \"buildjobs\" in API group"
                        + " \"smartdispatcher.dev\" in the namespace \"team-a\" | you have no right to list"
                        + " buildjobs.smartdispatcher.dev in namespace team-a (as jane)",
                "403 | pods is forbidden: User \"jane\" cannot get resource \"pods/log\" in API group \"\" at the cluster scope"
                        + " | you have no right to get pods/log in the whole cluster (as jane)",
                "403 | a webhook says no | a webhook says no",
                "401 | Unauthorized | the API server does not know who you are",
                "404 | the server could not find the requested resource | the cluster does not know Smart Dispatcher's kinds",
                "500 | etcd is away | the API server fails: etcd is away"
            })
    void refusals(int code, String said, String told) throws IOException {
        try (var api = FakeApi.of(Typed.FARM).refuse(KINDS, code, said)) {
            var typed = Typed.at(api, directory, "get");
            assertThat(typed.status()).isEqualTo(1);
            assertThat(typed.out()).isEmpty();
            assertThat(typed.err()).startsWith("error: " + told).hasLineCount(1);
        }
    }

    @Test
    void anApiServerThatIsAway() throws IOException {
        var gone = FakeApi.of(Typed.FARM);
        gone.close();
        var typed = Typed.at(gone, directory, "get");
        assertThat(typed.status()).isEqualTo(1);
        assertThat(typed.err())
                .startsWith("error: the API server cannot be reached: ")
                .hasLineCount(1);
    }

    @Test
    void withoutRightsToTheFarmTheRestIsShown() throws IOException {
        try (var api = FakeApi.of(Typed.FARM)
                .refuse(KINDS + "/buildworkers", 403, "no")
                .refuse(KINDS + "/dispatchpolicies", 403, "no")
                .refuse(KINDS + "/namespaces/team-a/buildprofiles", 403, "no")
                .refuse("/api/v1/namespaces/team-a/events", 403, "no")) {
            assertThat(Typed.at(api, directory, "get").out()).contains("gcc-14").doesNotContain("of ~");
            assertThat(Typed.at(api, directory, "why zlib-17").out())
                    .contains("BuildFailed")
                    .doesNotContain("warnings");
        }
    }

    @Test
    void topShowsTheBuildsThatOneMaySee() throws IOException {
        try (var api = FakeApi.of(Typed.FARM).refuse(KINDS + "/buildjobs", 403, "no")) {
            var top = Typed.at(api, directory, "top");
            assertThat(top.out()).contains("team-a/gcc-14 -j6 4m12s of ~10m");
            assertThat(top.err()).contains("builds of other namespaces than team-a are not shown");
        }
    }

    @Test
    void wrongFilesAreNamed() throws IOException {
        try (var api = FakeApi.of(Typed.FARM)) {
            assertThat(Typed.at(api, directory, "get --context=x").err()).contains("no context 'x' in the kubeconfig");
        }
        assertThat(Typed.of("get --kubeconfig=/nowhere/config").err()).contains("/nowhere/config: cannot be read");
    }
}
