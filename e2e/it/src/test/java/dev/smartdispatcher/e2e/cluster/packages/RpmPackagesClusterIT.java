package dev.smartdispatcher.e2e.cluster.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An SRPM, built in a root that has what the lists name: the image itself has neither compiler nor make. */
@ClusterTier
class RpmPackagesClusterIT {
    private DebianFarm debian;

    @BeforeEach
    void open(BuildFarm farm) {
        debian = DebianFarm.of(farm);
    }

    @AfterEach
    void close() {
        debian.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rpm", "obs"})
    void anSrpmIsBuilt(String example, BuildFarm farm) {
        debian.applyExample(example);
        var status = farm.await("hello-" + example, "Complete");

        assertThat(debian.inResults(status, "rpm -qp --nosignature --qf '%{NAME} %{VERSION} %{ARCH}\\n' hello-2*.rpm"))
                .contains("hello 2.10 x86_64");
        var installed = debian.inResults(status, "cut -f 1 installed").lines().toList();
        assertThat(installed).contains("filesystem", "rpm", "gcc-12", "make");
        assertThat(status.attempts().get(0).installed().count()).isEqualTo(installed.size());
    }
}
