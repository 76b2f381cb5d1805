package dev.smartdispatcher.e2e.cluster.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Packages of Debian, built from Debian's sources as Debian does, in an image to which dpkg adds what the lists name. */
@ClusterTier
class DebianPackagesClusterIT {
    /** Jobs of the example and packages that each of them builds. */
    private static final Map<String, String> BUILT = Map.of("hello", "hello", "zlib", "zlib1g-dev", "lua", "lua5.4");

    private DebianFarm debian;

    @BeforeEach
    void open(BuildFarm farm) {
        debian = DebianFarm.of(farm);
    }

    @AfterEach
    void close() {
        debian.close();
    }

    @Test
    void packagesOfDebianAreBuiltFromTheirSources(BuildFarm farm) {
        debian.applyExample("environments");
        debian.applyExample("debian");
        BUILT.forEach((job, built) -> {
            var status = farm.await(job, "Complete");
            assertThat(debian.inResults(status, "for f in *.deb; do dpkg-deb -f \"$f\" Package; done")
                            .lines())
                    .as(job)
                    .contains(built);
            var attempt = status.attempts().get(status.attempts().size() - 1);
            var list = debian.inResults(status, "sha256sum installed && cat installed");
            assertThat(attempt.installed().digest()).isEqualTo("sha256:" + list.substring(0, list.indexOf(' ')));
            var names = list.lines().skip(1).map(line -> line.split("\t")[0]).toList();
            assertThat(names).hasSize(attempt.installed().count()).contains("dpkg", "gcc-12", "debhelper");
        });
    }

    @Test
    void nothingIsThereThatNoListNames(BuildFarm farm) {
        debian.environment("with-make", "packages: {install: [make]}");
        debian.submit(
                "no-compiler",
                "with-make",
                "make --version && for name in gcc cc g++ c++ clang tcc; do ! command -v \"$name\" || exit 9; done");
        var installed = farm.await("no-compiler", "Complete").attempts().get(0).installed();
        assertThat(installed.count()).isPositive();
        assertThat(debian.log("no-compiler")).contains("GNU Make");
    }

    @Test
    void aPackageThatNoRepositoryHasEndsTheAttempt(BuildFarm farm) {
        debian.environment("misspelt", "packages: {install: [make, libzl1g-dev]}");
        debian.submit("misspelt", "misspelt", "echo built");
        assertFails(farm, "misspelt", "libzl1g-dev: the repository holds no package of this name");

        debian.environment("incomplete", "packages: {install: [cpp]}");
        debian.submit("incomplete", "incomplete", "echo built");
        assertFails(farm, "incomplete", "cpp: needs cpp-12 (>= ");
    }

    private void assertFails(BuildFarm farm, String job, String sentence) {
        var status = farm.await(job, "Failed");
        assertThat(status.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo(Reason.InstallFailed);
            assertThat(attempt.message()).contains(sentence);
            assertThat(attempt.installed()).isNull();
        });
        assertThat(debian.log(job).lines()).doesNotContain("built");
    }
}
