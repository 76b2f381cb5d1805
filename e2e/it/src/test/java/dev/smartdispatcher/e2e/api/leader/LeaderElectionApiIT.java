package dev.smartdispatcher.e2e.api.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.e2e.api.tier.Account;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.api.tier.JobStream;
import dev.smartdispatcher.e2e.api.tier.Leftovers;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.hollow.HollowNodes;
import dev.smartdispatcher.e2e.hollow.HollowWorker;
import dev.smartdispatcher.e2e.oracle.Oracle;
import dev.smartdispatcher.e2e.pods.Amounts;
import dev.smartdispatcher.e2e.process.OperatorProcess;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Two operators, while jobs come in all the time: whatever happens to the leader, the jobs see nothing of it. */
@ApiTier
class LeaderElectionApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** A leader that is stopped for two thirds of it by the machine, rather than by the test, would halt. */
    private static final Duration LEASE = Duration.ofSeconds(15);
    /** Where nobody is to lose it, however slowly the API server starts. */
    private static final Duration LONG_LEASE = Duration.ofSeconds(60);

    private static final String LEASE_NAME = "leader-test";
    private static final String SCHEDULER = "debug/scheduler";
    private static final Duration JOB_LENGTH = Duration.ofMillis(500);
    private static final Duration JOB_INTERVAL = Duration.ofMillis(500);
    private static final int HALTED = 1;
    private static final Amounts BUDGET = HollowWorker.of("w", 4).amounts();

    private final ControlPlane controlPlane;
    private final KubernetesClient admin;
    private final Instant begin = Instant.now();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path logs;

    private Account a;
    private Account b;
    private HollowNodes nodes;
    private Oracle oracle;
    private JobStream jobs;

    LeaderElectionApiIT(ControlPlane controlPlane, KubernetesClient admin) {
        this.controlPlane = controlPlane;
        this.admin = admin;
    }

    @BeforeEach
    void open() {
        a = Account.create(admin, "operator-a");
        b = Account.create(admin, "operator-b");
        nodes = HollowNodes.startBinding(admin, JOB_LENGTH, 4);
        oracle = new Oracle(admin);
        jobs = new JobStream(Farm.of(admin, "w-1", "w-2"), "stream", JOB_INTERVAL);
    }

    @AfterEach
    void close() {
        jobs.close();
        oracle.close();
        nodes.close();
        a.delete(admin);
        b.delete(admin);
        Leftovers.remove(admin);
    }

    @Test
    void killedLeaderIsReplaced() throws Exception {
        try (var first = startLeader(a, LEASE);
                var second = start(b, LEASE).awaitReady()) {
            jobs.awaitDispatch();
            jobs.burst(20);
            jobs.awaitDispatch();
            first.close();
            jobs.awaitDispatch();
            assertSound(List.of(a.user(), b.user()));
        }
    }

    @Test
    void killedOperatorThatIsStartedAgainRunsEachJobOnce() {
        try (var first = startLeader(a, LEASE)) {
            jobs.burst(20);
            jobs.awaitDispatch();
            first.close();
            try (var again = start(a, LEASE)) {
                jobs.awaitDispatch();
                assertSound(null);
            }
        }
    }

    @Test
    void leaderThatWasStoppedPastItsLeaseWritesNothingMore() throws Exception {
        try (var first = startLeader(a, LEASE);
                var second = start(b, LEASE).awaitReady()) {
            jobs.burst(20);
            jobs.pause();
            awaitNothingUnderWay();
            first.server().signal("STOP");
            jobs.resume();
            jobs.burst(20);
            jobs.awaitDispatch();
            first.server().signal("CONT");
            assertThat(first.server().exitStatus(PATIENCE)).hasValue(HALTED);
            assertSound(List.of(a.user(), b.user()));
        }
    }

    @Test
    void leaderThatWasStoppedInTheMidstOfItsWritesHarmsNoJob() throws Exception {
        try (var first = startLeader(a, LEASE);
                var second = start(b, LEASE).awaitReady()) {
            jobs.burst(20);
            jobs.awaitDispatch();
            first.server().signal("STOP");
            jobs.awaitDispatch();
            first.server().signal("CONT");
            assertThat(first.server().exitStatus(PATIENCE)).hasValue(HALTED);
            // Requests that were on their way into the socket when it was stopped arrive now: no fence can hold them.
            assertJobsSound();
        }
    }

    @Test
    void leaderThatIsToldToEndHandsOver() throws Exception {
        try (var first = startLeader(a, LONG_LEASE);
                var second = start(b, LONG_LEASE).awaitReady()) {
            jobs.awaitDispatch();
            assertThat(first.onDebugPort(SCHEDULER).body()).contains("\"workers\"");
            var standby = second.onDebugPort(SCHEDULER);
            assertThat(standby.code()).isEqualTo(503);
            assertThat(standby.body()).contains("does not lead", "default/" + LEASE_NAME);
            assertThat(first.terminate()).hasValue(OperatorProcess.TERMINATED);
            // So that nobody waits for it to expire.
            assertThat(reigns().gaveBack()).containsExactly(a.user());
            jobs.awaitDispatch();
            assertThat(second.onDebugPort(SCHEDULER).code()).isEqualTo(200);
            assertSound(List.of(a.user(), b.user()));
        }
    }

    @Test
    void leaderLeadsOnWhenTheApiServerIsStartedAgain() throws Exception {
        try (var first = startLeader(a, LONG_LEASE);
                var second = start(b, LONG_LEASE).awaitReady()) {
            jobs.awaitDispatch();
            jobs.burst(10);
            controlPlane.restartApiServer();
            assertSound(List.of(a.user()));
            // No job is taken back, and waits half a minute, for a refusal that was nobody's fault.
            assertThat(admin.v1().events().inNamespace("default").list().getItems())
                    .filteredOn(event ->
                            jobs.submitted().contains(event.getInvolvedObject().getName()))
                    .filteredOn(event -> !Instant.parse(event.getMetadata().getCreationTimestamp())
                            .isBefore(begin.truncatedTo(ChronoUnit.SECONDS)))
                    // Before it is dispatched a job may have to wait for the eviction guard, for some seconds.
                    .filteredOn(event -> !event.getMessage().startsWith("the PodDisruptionBudget "))
                    .extracting(Event::getReason)
                    .contains(Reason.Dispatched.name())
                    .doesNotContain(Reason.QuotaExceeded.name());
            assertThat(first.isAlive()).isTrue();
            assertThat(second.isAlive()).isTrue();
        }
    }

    @Test
    void everythingCompletesWhenTheApiServerWasAwayForLongerThanTheLease() throws Exception {
        try (var first = startLeader(a, LEASE)) {
            try (var second = new Supervisor(() -> start(b, LEASE))) {
                jobs.burst(10);
                jobs.awaitDispatch();
                controlPlane.stopApiServer();
                assertThat(first.server().exitStatus(PATIENCE)).hasValue(HALTED);
                controlPlane.resumeApiServer();
                try (var again = new Supervisor(() -> start(a, LEASE))) {
                    jobs.awaitDispatch();
                    assertSound(null);
                }
            }
        }
    }

    private OperatorProcess start(Account account, Duration lease) {
        return OperatorProcess.start(
                controlPlane.kubeconfig(account.name(), account.token()),
                logs.resolve(account.name() + ".log"),
                OperatorProcess.SMALL,
                List.of("--namespace=default", "--lease=" + LEASE_NAME, "--lease-seconds=" + lease.toSeconds()));
    }

    /** Returns when it has the lease. */
    private OperatorProcess startLeader(Account account, Duration lease) {
        var started = start(account, lease);
        await("leader")
                .atMost(PATIENCE)
                .until(() ->
                        admin.leases().inNamespace("default").list().getItems().size() == 1);
        return started;
    }

    /** Returns when no operator has written a job or pod for a second. */
    private void awaitNothingUnderWay() {
        var written = new AtomicInteger(-1);
        await("nothing is written")
                .pollInterval(Duration.ofSeconds(1))
                .atMost(PATIENCE)
                .until(() -> {
                    var now = reigns().writes();
                    return now == written.getAndSet(now);
                });
    }

    private Reigns reigns() {
        var users = Set.of(a.user(), b.user());
        return new Reigns(controlPlane.audit().requests().stream()
                .filter(request -> users.contains(request.user()))
                .filter(request -> request.received().isAfter(begin))
                .toList());
    }

    /** All jobs end well; nobody wrote but the leaders, who followed each other so; no worker was overbooked. */
    private void assertSound(List<String> leaders) {
        jobs.awaitAllCompleteAtFirstAttempt();
        var reigns = reigns();
        if (leaders != null) {
            assertThat(reigns.leaders()).isEqualTo(leaders);
        }
        assertThat(reigns.usurpations()).isEmpty();
        assertJobsSound();
    }

    /** All jobs end well, with one pod each; no worker was overbooked. */
    private void assertJobsSound() {
        jobs.awaitAllCompleteAtFirstAttempt();
        assertThat(oracle.violations(BUDGET)).isEmpty();
        assertThat(oracle.podsSeen()).hasSameSizeAs(jobs.submitted());
    }
}
