package dev.smartdispatcher.e2e.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import dev.smartdispatcher.e2e.operator.harness.LeapingClock;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The small worker, which gets short jobs first, kills what comes to it, and the others do not: what users and administrators see of that. */
@ExtendWith(HarnessExtension.class)
class QuarantineTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Harness farm;
    private final LeapingClock clock = new LeapingClock();

    QuarantineTest(Harness farm) {
        this.farm = farm;
    }

    private void start() {
        farm.worker("bad", 2);
        farm.worker("good", 8);
        farm.worker("other", 8);
        farm.operatorAt(clock);
    }

    /** A job is killed on the small worker, and succeeds elsewhere. */
    private void spoil(String job) {
        farm.job(job);
        var pod = farm.pod(job, 1);
        assertThat(pod.getSpec().getNodeName()).isEqualTo("bad");
        ends(job, pod, 2);
        var again = farm.pod(job, 2);
        assertThat(again.getSpec().getNodeName()).isNotEqualTo("bad");
        ends(job, again, 0);
    }

    /** The build ends, and once that is recorded, its pod is gone and its room free. */
    private void ends(String job, Pod pod, int exitCode) {
        farm.kubelet().ended(pod, exitCode);
        farm.until(job, s -> s.attempts().stream()
                .anyMatch(a -> a.pod().equals(pod.getMetadata().getName()) && !a.live()));
        farm.kubelet().gone(pod);
    }

    private void quarantine() {
        spoil("a");
        spoil("b");
        spoil("c");
        untilReason(BuildWorkerStatus.SCHEDULABLE, Reason.Quarantined);
    }

    private BuildWorker untilReason(String condition, Reason reason) {
        return farm.untilWorker("bad", w -> Harness.reason(w, condition).equals(reason.name()));
    }

    private void untilTold(String about, Reason reason, String words) {
        await(reason + " " + words)
                .atMost(PATIENCE)
                .until(() -> farm.client().v1().events().inAnyNamespace().list().getItems().stream()
                        .anyMatch(e -> about.equals(e.getInvolvedObject().getName())
                                && reason.name().equals(e.getReason())
                                && e.getMessage().contains(words)));
    }

    private void annotate(String annotation, String value) {
        farm.client()
                .resources(BuildWorker.class)
                .withName("bad")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"" + annotation + "\":\"" + value + "\"}}}");
    }

    /** The quarantine is over, and the agents have gone on reporting. */
    private void leap() {
        clock.leap(Duration.ofMinutes(11));
        farm.publish("bad", 2, "8Gi", Instant.now().plusSeconds(1));
        farm.publish("good", 8, "8Gi", Instant.now().plusSeconds(1));
        farm.publish("other", 8, "8Gi", Instant.now().plusSeconds(1));
    }

    @Test
    void aBuildThatFailsOnASuspectWorkerIsExcusedOnce() {
        start();
        farm.job("a");
        farm.kubelet().ended(farm.pod("a", 1), 2);
        farm.kubelet().ended(farm.pod("a", 2), 2);
        var attempts = farm.until("a", s -> s.holds(BuildJobStatus.FAILED)).attempts();
        assertThat(attempts).extracting(Attempt::isExcused).containsExactly(true, false);
        untilTold("a", Reason.RetriedElsewhere, "failed on bad, which is under suspicion: it does not count");
        // It failed elsewhere too: nobody thinks ill of the worker any more.
        untilReason(BuildWorkerStatus.HEALTHY, Reason.NoSuspicion);
    }

    @Test
    void suspectThenQuarantinedThenOnTrial() {
        start();
        spoil("a");
        var suspect = untilReason(BuildWorkerStatus.HEALTHY, Reason.Suspect);
        assertThat(suspect.getStatus().quarantine().evidence()).hasSize(1);
        assertThat(suspect.getStatus().budget().jobs()).isEqualTo(1);
        spoil("b");
        farm.operatorEnds();
        // Names of Events have the time in them.
        clock.leap(Duration.ofSeconds(1));
        farm.operatorAt(clock);
        spoil("c");
        var closed = untilReason(BuildWorkerStatus.SCHEDULABLE, Reason.Quarantined);
        assertThat(closed.getStatus().quarantine().evidence())
                .hasSize(3)
                .allMatch(failure -> failure.contains("attempt 1: BuildFailed after"));
        untilTold("bad", Reason.Quarantined, "then a trial");
        farm.job("d");
        var elsewhere = farm.pod("d", 1);
        assertThat(elsewhere.getSpec().getNodeName()).isNotEqualTo("bad");
        ends("d", elsewhere, 0);
        leap();
        var trial = untilReason(BuildWorkerStatus.HEALTHY, Reason.OnTrial);
        assertThat(trial.getStatus()
                        .condition(BuildWorkerStatus.HEALTHY)
                        .orElseThrow()
                        .status())
                .isEqualTo(Condition.Status.Unknown);
        untilReason(BuildWorkerStatus.SCHEDULABLE, Reason.AcceptingBuilds);
        // The builds of the trial are in FarmHealthTest: by this clock every pod is too old to start.
        farm.untilWorker(
                "bad", w -> Integer.valueOf(1).equals(w.getStatus().budget().jobs()));
    }

    @Test
    void aQuarantineOutlivesTheOperatorAndItsJobs() {
        start();
        quarantine();
        farm.operatorEnds();
        farm.client().resources(BuildJob.class).inNamespace(farm.namespace()).delete();
        farm.operatorAt(clock);
        farm.job("d");
        assertThat(farm.pod("d", 1).getSpec().getNodeName()).isNotEqualTo("bad");
        untilReason(BuildWorkerStatus.SCHEDULABLE, Reason.Quarantined);
    }

    @Test
    void anAdministratorEndsIt() {
        start();
        quarantine();
        annotate(Annotations.TRUSTED_SINCE, clock.instant().plusSeconds(60).toString());
        untilReason(BuildWorkerStatus.SCHEDULABLE, Reason.AcceptingBuilds);
        farm.untilWorker("bad", w -> w.getStatus().quarantine() == null);
    }

    @Test
    void annotationsThatCannotBeUnderstoodAreTold() {
        start();
        annotate(Annotations.TRUSTED_SINCE, "yesterday");
        untilTold("bad", Reason.InvalidAnnotation, "'yesterday' is not a time such as");
        farm.untilWorker("bad", w -> w.getStatus()
                .condition(BuildWorkerStatus.HEALTHY)
                .filter(c -> c.holds() && c.message().contains("'yesterday' is not a time"))
                .isPresent());
        annotate(Annotations.TRUSTED_SINCE, "2026-01-01T00:00:00Z");
        annotate(Annotations.QUARANTINE, "off");
        untilTold("bad", Reason.InvalidAnnotation, "'off' is not 'never'");
    }

    @Test
    void aWorkerThatIsNeverToBeQuarantinedIsNot() {
        start();
        annotate(Annotations.QUARANTINE, "never");
        farm.untilWorker("bad", w -> w.getMetadata().getAnnotations().containsKey(Annotations.QUARANTINE));
        for (var job : List.of("a", "b", "c", "d")) {
            farm.job(job);
            var pod = farm.pod(job, 1);
            assertThat(pod.getSpec().getNodeName()).isEqualTo("bad");
            ends(job, pod, 2);
            farm.until(job, s -> s.holds(BuildJobStatus.FAILED));
        }
        untilReason(BuildWorkerStatus.HEALTHY, Reason.Suspect);
    }

    /** Nobody else could build it: the job has failed, and the next one is tried. */
    @Test
    void theOnlyWorkerIsNeitherQuarantinedNorAnExcuse() {
        farm.worker("bad", 8);
        farm.operatorAt(clock);
        for (int i = 0; i < 4; i++) {
            farm.job("j" + i);
            ends("j" + i, farm.pod("j" + i, 1), 2);
        }
        var worker = untilReason(BuildWorkerStatus.HEALTHY, Reason.Suspect);
        assertThat(Harness.reason(worker, BuildWorkerStatus.SCHEDULABLE)).isEqualTo(Reason.AcceptingBuilds.name());
    }
}
