package dev.smartdispatcher.e2e.operator.writes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing lost, doubled or leaked: conflicts, crashes at each write, deletions. */
class SafetyTest {
    private final Harness farm = new Harness();

    @AfterEach
    void close() {
        farm.close();
    }

    private void completes(String job) {
        farm.kubelet().ended(farm.pod(job, 1), 0);
        var status = farm.until(job, BuildJobStatus::finished);
        assertThat(status.holds(BuildJobStatus.COMPLETE)).isTrue();
        assertThat(status.attempts()).hasSize(1);
        assertThat(farm.pods()).hasSize(1);
    }

    @Test
    void aStatusWriteThatHits409IsDecidedAnew() {
        farm.worker("w", 1);
        farm.cluster().failNext(r -> r.is(Verb.UPDATE, "buildjobs"), 409);
        farm.withOperator().job("j");
        completes("j");
    }

    @Test
    void aCrashAfterTheAllocationAndBeforeThePod() {
        farm.worker("w", 1);
        farm.cluster().failNext(r -> r.is(Verb.CREATE, "pods"), 500);
        farm.withOperator().job("j");
        farm.until("j", s -> s.allocation() != null);
        farm.operatorEnds();
        farm.withOperator();
        completes("j");
    }

    @Test
    void aCrashAfterThePodAndBeforeRunning() {
        farm.worker("w", 1);
        farm.withOperator().job("j");
        var pod = farm.pod("j", 1);
        farm.operatorEnds();
        farm.kubelet().running(pod);
        farm.withOperator();
        farm.until("j", s -> s.holds(BuildJobStatus.RUNNING));
        completes("j");
    }

    @Test
    void aCrashAfterTheEndAndBeforeComplete() {
        farm.worker("w", 1);
        farm.withOperator().job("j");
        var pod = farm.pod("j", 1);
        farm.kubelet().running(pod);
        farm.until("j", s -> s.holds(BuildJobStatus.RUNNING));
        farm.operatorEnds();
        farm.kubelet().ended(pod, 0);
        farm.withOperator();
        completes("j");
    }

    @Test
    void watchesThatBreakAreTakenUpAgain() {
        farm.worker("w", 1);
        farm.withOperator();
        farm.cluster().dropWatches();
        farm.job("j");
        completes("j");
    }

    @Test
    void aRestartedOperatorCountsWhatRuns() {
        farm.worker("w", 1);
        farm.withOperator().job("first");
        farm.kubelet().running(farm.pod("first", 1));
        farm.operatorEnds();
        farm.job("second");
        farm.withOperator();
        var waiting = farm.until("second", s -> s.waiting() != null).waiting();
        assertThat(waiting.reason()).isEqualTo(Reason.NoRoom);
    }

    @Test
    void aDeletedJobsRoomIsHeldUntilItsPodIsGone() {
        farm.worker("w", 1);
        farm.withOperator().job("first");
        var pod = farm.pod("first", 1);
        farm.kubelet().running(pod);
        farm.until("first", s -> s.holds(BuildJobStatus.RUNNING));
        farm.client()
                .resources(BuildJob.class)
                .inNamespace("default")
                .withName("first")
                .delete();
        farm.job("second");
        assertThat(farm.until("second", s -> s.waiting() != null).waiting().reason())
                .isEqualTo(Reason.NoRoom);
        assertThat(farm.status("second").attempts()).isEmpty();
        farm.kubelet().gone(pod);
        farm.kubelet().ended(farm.pod("second", 1), 0);
        farm.until("second", s -> s.holds(BuildJobStatus.COMPLETE));
    }

    /** The operator of two hours later, whose clock is ahead. */
    @Test
    void listsGoAnHourAfterTheirLastUseButNotUnderAPod() {
        farm.worker("w", 2);
        farm.withOperator().job("runs");
        farm.kubelet().running(farm.pod("runs", 1));
        unusedList("lists-000000000000");
        farm.operatorAt(Clock.offset(Clock.systemUTC(), Duration.ofHours(2))).sweepLists();
        assertThat(farm.client().configMaps().inNamespace("default").list().getItems())
                .extracting(m -> m.getMetadata().getName().replaceFirst("-.*", ""))
                .containsExactlyInAnyOrder("lists", "entry")
                .doesNotContain("lists-000000000000");
    }

    @Test
    void aListThatCannotBeDeletedKeepsNoOther() {
        unusedList("lists-000000000000");
        unusedList("lists-111111111111");
        farm.withOperator();
        farm.cluster().failNext(r -> r.is(Verb.DELETE, "configmaps"), 409);
        farm.sweepLists();
        assertThat(farm.client().configMaps().inNamespace("default").list().getItems())
                .hasSize(1);
    }

    /** Anybody may label and annotate what is his: only what has a list's name is one. */
    @Test
    void whatOthersHaveLabelledIsNotSwept() {
        unusedList("settings");
        unusedList("lists-of-a-tenant");
        unusedList("lists-0000000000001");
        farm.withOperator();
        farm.sweepLists();
        assertThat(farm.client().configMaps().inNamespace("default").list().getItems())
                .hasSize(3);
    }

    private void unusedList(String name) {
        farm.client().resource("""
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: %s
              namespace: default
              labels: {app.kubernetes.io/managed-by: smart-dispatcher}
              annotations: {smartdispatcher.dev/last-used: "2026-01-01T00:00:00Z"}
            """.formatted(name)).create();
    }

    @Test
    void aPodThatOnlyLooksLikeOursNeitherStopsDispatchNorTakesRoom() {
        farm.worker("w", 1);
        farm.client().resource("""
            apiVersion: v1
            kind: Pod
            metadata:
              name: forged
              namespace: default
              labels:
                app.kubernetes.io/managed-by: smart-dispatcher
                smartdispatcher.dev/worker: w
                smartdispatcher.dev/job-uid: nobody
                smartdispatcher.dev/attempt: "1"
              annotations: {smartdispatcher.dev/allocation: "null"}
            spec:
              containers: [{name: c, image: x, resources: {requests: {cpu: "1"}}}]
            """).create();
        farm.withOperator().job("j");
        farm.kubelet().ended(farm.pod("j", 1), 0);
        farm.until("j", s -> s.holds(BuildJobStatus.COMPLETE));
    }

    /** Its node may be gone for hours. Until the operator sees that it is deleted, it may do so once more. */
    @Test
    void aPodThatDoesNotStartIsNotDeletedAgainAndAgain() {
        farm.worker("w", 1);
        farm.withOperator().job("j");
        var pod = farm.pod("j", 1);
        farm.kubelet().waiting(pod, "InvalidImageName");
        await().until(() -> deletions("pods") > 0);
        var before = new AtomicLong();
        await().during(Duration.ofSeconds(3)).until(() -> {
            var now = deletions("pods");
            return before.getAndSet(now) == now;
        });
        farm.kubelet().gone(pod);
        farm.until("j", s -> !s.attempts().get(0).live());
    }

    private long deletions(String resource) {
        return farm.cluster().writes().doneBy(Harness.OPERATOR).stream()
                .filter(w -> w.verb() == Verb.DELETE && w.resource().equals(resource))
                .count();
    }

    /** Somebody else's finalizer may keep it for long. */
    @Test
    void aJobThatIsBeingDeletedHoldsNoRoomWhenItsBuildHasEnded() {
        farm.worker("w", 1);
        farm.withOperator().apply("""
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildJob
            metadata: {name: kept, namespace: default, finalizers: [example.com/archive]}
            spec: {targetArch: x86_64, environment: debian, args: ['true']}
            """, BuildJob.class);
        var pod = farm.pod("kept", 1);
        farm.kubelet().running(pod);
        farm.until("kept", s -> s.holds(BuildJobStatus.RUNNING));
        farm.client()
                .resources(BuildJob.class)
                .inNamespace("default")
                .withName("kept")
                .delete();
        farm.job("next");
        farm.until("next", s -> s.waiting() != null);
        farm.kubelet().ended(pod, 0);
        farm.kubelet().ended(farm.pod("next", 1), 0);
        farm.until("next", BuildJobStatus::finished);
        farm.until("kept", s -> s.holds(BuildJobStatus.COMPLETE));
    }
}
