package dev.smartdispatcher.e2e.cluster.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.Cluster;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import dev.smartdispatcher.e2e.command.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From an old version, built from the project's history, to this one and back, while builds run: CRDs, chart, operator and agents.
 * The jobs use nothing that the old version does not know.
 */
@ClusterTier
class UpgradeClusterIT {
    /** The last before objects were read leniently, entries got arguments and pods a policy of their own. */
    private static final String OLD = "2e5d80d8";

    @TempDir
    private Path sources;

    @AfterEach
    void thisVersionAgain() {
        Cluster.find().repair();
    }

    @Test
    void buildsGoOnThroughAnUpgradeAndTheWayBack(BuildFarm farm) {
        var now = operator(farm);
        var old = old(farm.cluster().project());
        farm.cluster().install(old);
        assertThat(operator(farm)).as("another version").isNotEqualTo(now);
        LongBuilds.submitAll(farm);

        farm.cluster().repair();
        assertThat(operator(farm)).isEqualTo(now);
        LongBuilds.submit(farm, "after-upgrade");
        LongBuilds.assertEachBuiltOnce(farm);

        farm.kubectl().ok("delete", "bj", "--all", BuildFarm.patience());
        LongBuilds.submitAll(farm, "back");
        farm.cluster().install(old);
        LongBuilds.submit(farm, "after-return");
        LongBuilds.assertEachBuiltOnce(farm);
    }

    /** The digest of the image that runs. */
    private static String operator(BuildFarm farm) {
        return farm.cluster()
                .kubectl(Cluster.RELEASE)
                .ok(
                        "get",
                        "deployment/smart-dispatcher-operator",
                        "-o",
                        "jsonpath={.spec.template.metadata.annotations.image-digest}");
    }

    /** Unpacked from the history, which the tests' checkout has to have. */
    private Path old(Path project) {
        Command.run(
                        Map.of(),
                        List.of(
                                "sh",
                                "-c",
                                "set -e; git -C \"$1\" archive -o \"$3.tar\" \"$2\"; tar -x -f \"$3.tar\" -C \"$3\"; rm \"$3.tar\"",
                                "sh",
                                project.toString(),
                                OLD,
                                sources.toString()))
                .succeeded();
        return sources;
    }
}
