package dev.smartdispatcher.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.e2e.api.oracle.Oracle;
import dev.smartdispatcher.e2e.controlplane.Binaries;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.controlplane.ControlPlaneOptions;
import dev.smartdispatcher.e2e.definitions.ShippedDefinitions;
import dev.smartdispatcher.e2e.hollow.HollowNodes;
import dev.smartdispatcher.e2e.hollow.HollowWorker;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Watches that end, and history that is gone: the operator lists again and goes on, and does nothing twice. */
@ApiTier
class WatchApiIT {
    private static final Duration JOB_LENGTH = Duration.ofMillis(200);
    private static final Duration JOB_INTERVAL = Duration.ofMillis(250);
    /** Jobs, pods, workers, nodes, environments, policies. */
    private static final int KINDS = 6;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What the API server holds after a start begins with the version it started at: older ones are too old. */
    @Test
    void jobsCompleteAtTheFirstAttemptWhenTheApiServerIsStartedAgain(
            ControlPlane controlPlane, KubernetesClient admin) {
        var account = Account.create(admin, "watch-operator");
        var restarted = Instant.now();
        try (var nodes = HollowNodes.startBinding(admin, JOB_LENGTH, 4);
                var oracle = new Oracle(admin);
                var jobs = new JobStream(Farm.of(admin, "watch-1", "watch-2"), "watch", JOB_INTERVAL);
                var operator = OperatorRun.start(controlPlane.client(account.token(), config -> config))) {
            for (int i = 0; i < 2; i++) {
                jobs.burst(6);
                jobs.awaitDispatch(PATIENCE);
                restarted = Instant.now();
                controlPlane.restartApiServer();
            }
            assertSound(jobs, oracle);
            assertThat(lists(controlPlane, account.user(), restarted)).isPositive();
        } finally {
            account.delete(admin);
        }
    }

    /** Each watch ends after 2 to 4 seconds, and each second what is older than a second is forgotten. */
    @Test
    void jobsCompleteAtTheFirstAttemptWhenWatchesEndAndTheirVersionsAreCompacted() {
        var options = ControlPlaneOptions.in(Path.of("target/control-plane-compacting"))
                .withFlags("--min-request-timeout=2", "--watch-cache=false", "--etcd-compaction-interval=1s");
        var binaries = Binaries.find(Path.of("").toAbsolutePath().getParent(), System.getenv());
        try (var controlPlane = ControlPlane.start(binaries, options)) {
            var admin = controlPlane.admin();
            ShippedDefinitions.install(admin);
            var account = Account.create(admin, "watch-operator");
            try (var nodes = HollowNodes.startBinding(admin, JOB_LENGTH, 4);
                    var oracle = new Oracle(admin);
                    var jobs = new JobStream(Farm.of(admin, "watch-1", "watch-2"), "watch", JOB_INTERVAL);
                    var operator = OperatorRun.start(controlPlane.client(account.token(), config -> config))) {
                // Of the kinds that it watches at least two were told that their version is gone.
                await("lists again")
                        .atMost(PATIENCE)
                        .until(() -> lists(controlPlane, account.user(), Instant.EPOCH) >= KINDS + 2);
                jobs.burst(6);
                assertSound(jobs, oracle);
            }
        }
    }

    private static void assertSound(JobStream jobs, Oracle oracle) {
        jobs.awaitAllCompleteAtFirstAttempt();
        assertThat(oracle.podsSeen()).hasSameSizeAs(jobs.submitted());
        assertThat(oracle.violations(HollowWorker.of("", 4).amounts())).isEmpty();
    }

    private static long lists(ControlPlane controlPlane, String user, Instant after) {
        return controlPlane.audit().of(user).stream()
                .filter(request -> request.verb().equals("list") && request.succeeded())
                .filter(request -> request.received().isAfter(after))
                .count();
    }
}
