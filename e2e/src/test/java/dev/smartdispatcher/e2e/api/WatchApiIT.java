package dev.smartdispatcher.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.e2e.api.oracle.Oracle;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.hollow.HollowNodes;
import dev.smartdispatcher.e2e.hollow.HollowWorker;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Watches that break while jobs run, and cannot go on where they were. */
@ApiTier
class WatchApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * An API server that has just started remembers nothing from before: who asks for what came after an older version is
     * answered 410 Gone within the watch, and has to list again.
     */
    @Test
    void jobsCompleteAtTheFirstAttemptThoughTheirWatchIsGone(ControlPlane controlPlane, KubernetesClient admin) {
        var account = Account.create(admin, "watch-operator");
        try (var nodes = HollowNodes.startBinding(admin, Duration.ofMillis(200), 4);
                var oracle = new Oracle(admin);
                var jobs = new JobStream(Farm.of(admin, "watch-1", "watch-2"), "watch", Duration.ofMillis(250));
                var operator = OperatorRun.start(controlPlane.client(account.token(), config -> config))) {
            jobs.burst(8);
            jobs.awaitDispatch(PATIENCE);
            var restart = Instant.now();
            controlPlane.restartApiServer();
            jobs.burst(4);
            jobs.awaitDispatch(PATIENCE);
            jobs.awaitAllCompleteAtFirstAttempt();
            assertThat(listed(controlPlane, account, restart)).contains("buildjobs");
            assertThat(operator.ready()).isTrue();
            assertThat(oracle.violations(HollowWorker.of("w", 4).amounts())).isEmpty();
            assertThat(oracle.podsSeen()).hasSameSizeAs(jobs.submitted());
        } finally {
            account.delete(admin);
        }
    }

    /** The kinds that were listed after this time. A watch that only broke is taken up again without. */
    private static Set<String> listed(ControlPlane controlPlane, Account account, Instant after) {
        return controlPlane.audit().of(account.user()).stream()
                .filter(request -> request.verb().equals("list") && request.succeeded())
                .filter(request -> request.received().isAfter(after))
                .map(request -> request.resource())
                .collect(Collectors.toSet());
    }
}
