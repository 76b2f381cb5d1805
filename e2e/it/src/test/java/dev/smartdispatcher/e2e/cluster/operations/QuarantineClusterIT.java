package dev.smartdispatcher.e2e.cluster.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node on which every build ends at once with an error, as one with a broken disk, and its repair. */
@ClusterTier
class QuarantineClusterIT {
    /** What is broken is told by the node: the builds themselves are right. */
    private static final String SPOILED = "[ \"$BUILD_WORKER\" != n2 ] || exit 1";

    /** All of a worker, so that two builds at once are on both. */
    private static final String LARGE =
            "resources: {cpuPerProcess: 800m, memory: {base: 64Mi, perProcess: 32Mi}, disk: {size: 64Mi}}";

    private final List<String> jobs = new ArrayList<>();

    @AfterEach
    void trust(BuildFarm farm) {
        farm.kubectl().ok("annotate", "--overwrite", "bw", "n2", Annotations.TRUSTED_SINCE + "=" + Instant.now());
    }

    @Test
    void aNodeThatSpoilsBuildsIsFoundAndTrustedAgain(BuildFarm farm) {
        trust(farm);
        farm.kubectl().ok("annotate", "bw", "n1", "n2", Annotations.QUARANTINE + "-");
        for (int i = 0; i < 20 && !isQuarantined(farm); i++) {
            build(farm, SPOILED);
            build(farm, SPOILED);
            await(farm);
        }
        assertThat(isQuarantined(farm)).isTrue();
        var there = jobs.stream()
                .flatMap(job -> farm.status(job).attempts().stream())
                .filter(attempt -> attempt.worker().equals("n2"))
                .toList();
        assertThat(there).hasSizeBetween(3, 4).allMatch(Attempt::isExcused).allSatisfy(attempt -> assertThat(
                        attempt.outcome())
                .isEqualTo(Reason.BuildFailed));
        assertThat(farm.kubectl().ok("get", "bw", "n2", "-o", "wide")).contains("Quarantined");
        assertThat(farm.kubectl().ok("get", "events", "--field-selector=reason=RetriedElsewhere"))
                .contains("which is under suspicion");
        // Whoever has repaired it need not wait for the trial.
        trust(farm);
        farm.kubectl().ok("wait", "--for=condition=Healthy", "bw/n2", BuildFarm.patience());
    }

    private void build(BuildFarm farm, String script) {
        var job = "spoiled-" + jobs.size();
        jobs.add(job);
        farm.submit(job, script, LARGE);
    }

    private void await(BuildFarm farm) {
        jobs.subList(jobs.size() - 2, jobs.size()).forEach(job -> farm.await(job, "Complete"));
    }

    private static boolean isQuarantined(BuildFarm farm) {
        return reason(farm, BuildWorkerStatus.SCHEDULABLE).equals(Reason.Quarantined.name());
    }

    private static String reason(BuildFarm farm, String condition) {
        return farm.kubectl()
                .get(BuildWorker.class, "bw", "n2")
                .getStatus()
                .condition(condition)
                .map(c -> c.reason())
                .orElse("");
    }
}
