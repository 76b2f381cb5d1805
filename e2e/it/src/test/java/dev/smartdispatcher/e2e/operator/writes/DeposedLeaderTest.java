package dev.smartdispatcher.e2e.operator.writes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.AttemptBuilder;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.BuildJobStatusBuilder;
import dev.smartdispatcher.api.job.status.Phase;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.e2e.farm.Edits;
import dev.smartdispatcher.e2e.operator.harness.DeniedDeletions;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.LatePods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests of a deposed leader that were on their way when it was stopped, and reach the API server when another one leads:
 * what they write is taken back, or changes nothing.
 */
class DeposedLeaderTest {
    private final Harness farm = new Harness();

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void aLateAllocationOfRoomThatIsTakenIsTakenBackBeforeItsPodExists() {
        farm.worker("w", 1);
        farm.withOperator().job("first");
        var running = farm.pod("first", 1);
        farm.kubelet().running(running);
        farm.job("late");
        farm.until("late", s -> s.waiting() != null);
        record("late", "w");
        var status = farm.until("late", s -> s.attempts().isEmpty() && s.waiting() != null);
        assertThat(status.waiting().reason()).isEqualTo(Reason.NoRoom);
        assertThat(status.allocation()).isNull();
        assertThat(farm.pods()).hasSize(1);
        farm.kubelet().ended(running, 0);
        farm.kubelet().ended(farm.pod("late", 1), 0);
        assertThat(farm.until("late", BuildJobStatus::finished).attempts()).hasSize(1);
    }

    @Test
    void aLateAllocationOfFreeRoomIsAsGoodAsAnyOther() {
        farm.worker("w", 2);
        farm.withOperator().job("first");
        farm.pod("first", 1);
        farm.job("late", "requires: {workerSelector: {matchLabels: {never: there}}}");
        farm.until("late", s -> s.waiting() != null);
        record("late", "w");
        farm.kubelet().ended(farm.pod("late", 1), 0);
        assertThat(farm.until("late", BuildJobStatus::finished).attempts()).hasSize(1);
    }

    @Test
    void aLatePodOfAnAttemptThatIsOverIsDeletedAndTheLiveOneIsNot() {
        farm.worker("w", 4);
        farm.withOperator().job("j");
        var lost = farm.pod("j", 1);
        farm.kubelet().running(lost);
        farm.until("j", s -> s.holds(BuildJobStatus.RUNNING));
        farm.kubelet().gone(lost);
        var live = farm.pod("j", 2);
        farm.kubelet().running(live);
        farm.until("j", s -> s.attempts().get(1).startTime() != null);
        LatePods.create(farm, lost, "w");
        await().until(() -> deletedOrGone(lost));
        farm.kubelet().gone(lost);
        assertThat(deletedOrGone(live)).isFalse();
        farm.kubelet().ended(live, 0);
        assertThat(farm.until("j", BuildJobStatus::finished).attempts())
                .extracting(Attempt::outcome)
                .containsExactly(Reason.WorkerLost, Reason.Succeeded);
    }

    /** The job goes on; the pod goes when it may. */
    @Test
    void aLatePodThatMayNotBeDeletedHoldsUpNothingElse() {
        farm.worker("w", 4);
        farm.withOperator().job("j");
        var lost = farm.pod("j", 1);
        farm.kubelet().running(lost);
        farm.until("j", s -> s.holds(BuildJobStatus.RUNNING));
        farm.kubelet().gone(lost);
        var live = farm.pod("j", 2);
        var denial = new DeniedDeletions(farm);
        LatePods.create(farm, lost, "w");
        denial.untilTold(lost);
        farm.kubelet().ended(live, 0);
        farm.until("j", s -> s.holds(BuildJobStatus.COMPLETE));
        assertThat(deletedOrGone(lost)).isFalse();
        denial.close();
        await().until(() -> deletedOrGone(lost));
    }

    @Test
    void aPodThatEndedKeepsItsLogsWhateverTheStatusSays() {
        farm.worker("w", 4);
        farm.withOperator().job("j");
        var pod = farm.pod("j", 1);
        farm.kubelet().ended(pod, 0);
        farm.until("j", BuildJobStatus::finished);
        farm.operatorEnds();
        farm.withOperator().job("next");
        farm.kubelet().ended(farm.pod("next", 1), 0);
        farm.until("next", BuildJobStatus::finished);
        assertThat(deletedOrGone(pod)).isFalse();
    }

    /** @param ended whether it did before anybody saw it */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLatePodOnAnotherWorkerThanTheRecordedOneMakesWayForThatOne(boolean ended) {
        farm.worker("elsewhere", 1);
        farm.worker("recorded", 1);
        farm.withOperator().job("template");
        var template = farm.pod("template", 1);
        farm.kubelet().ended(template, 0);
        farm.until("template", BuildJobStatus::finished);
        farm.operatorEnds();
        farm.job("j");
        record("j", "recorded");
        LatePods.create(farm, LatePods.of(farm, template, "j", 1), "elsewhere");
        var late = farm.pod("j", 1);
        if (ended) {
            farm.kubelet().ended(late, 0);
        }
        farm.withOperator();
        await().until(() -> deletedOrGone(late));
        farm.kubelet().gone(late);
        var right = await().until(() -> farm.pod("j", 1), pod -> "recorded"
                .equals(pod.getMetadata().getLabels().get(Labels.WORKER)));
        farm.kubelet().ended(right, 0);
        assertThat(farm.until("j", BuildJobStatus::finished).attempts()).hasSize(1);
    }

    /** Writes an allocation of one core into the job's status, as the deposed leader would. */
    private void record(String job, String worker) {
        var seen =
                farm.client().resources(BuildJob.class).inNamespace("default").withName(job);
        var uid = seen.get().getMetadata().getUid();
        var attempt = AttemptBuilder.builder()
                .number(1)
                .worker(worker)
                .pod(job + "-" + uid.substring(0, 5) + "-1")
                .parallelism(1)
                .memory(new Quantity("1Gi"))
                .disk(new Quantity("1Gi"))
                .dispatchTime(Instant.now().truncatedTo(ChronoUnit.SECONDS))
                .build();
        var allocation =
                new Allocation(worker, "x86_64", Mode.Native, 1, new Quantity("1"), attempt.memory(), attempt.disk());
        Edits.status(seen, j -> {
            j.setStatus(BuildJobStatusBuilder.builder()
                    .phase(Phase.Dispatched)
                    .allocation(allocation)
                    .attempts(List.of(attempt))
                    .build());
            return j;
        });
    }

    private boolean deletedOrGone(Pod pod) {
        var now = farm.client()
                .pods()
                .inNamespace("default")
                .withName(pod.getMetadata().getName())
                .get();
        return now == null || now.getMetadata().getDeletionTimestamp() != null;
    }
}
