package dev.smartdispatcher.e2e.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.check.WorkerCheck;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.api.worker.CheckResult;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checks of workers from the WorkerCheck to the jobs that ask for it; the kubelet is the test's. */
@ExtendWith(HarnessExtension.class)
class WorkerCheckTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PASSES = "smart-dispatcher-check: exited 0\\ncount=8\\n";
    private static final String FAILS = "smart-dispatcher-check: exited 1\\ncount=0\\nno loop devices\\n";

    private final Harness farm;

    WorkerCheckTest(Harness farm) {
        this.farm = farm;
    }

    /** Checks are of the cluster, and would go on in the tests that follow on a real API server. */
    @AfterEach
    void remove() {
        farm.client().resources(WorkerCheck.class).delete();
    }

    @Test
    void aResultIsPublishedAndItsPodDeleted() {
        farm.worker("w", 4);
        check("loop", "");
        farm.withOperator();
        var pod = pod(1);
        assertThat(pod.getMetadata().getLabels())
                .containsEntry(Labels.WORKER, "w")
                .containsEntry(Labels.CHECK, "loop");
        assertThat(pod.getMetadata().getLabels()).doesNotContainKey(Labels.JOB_UID);
        end(pod, 0, PASSES);
        var result = result(r -> Boolean.TRUE.equals(r.passed()));
        assertThat(result.attributes()).containsEntry("count", "8");
        assertThat(result.lastRound()).isEqualTo(1);
        assertThat(result.expires()).isEqualTo(result.time().plusSeconds(10_800));
        assertThat(result.history()).hasSize(1);
        await().atMost(PATIENCE).until(() -> pods().isEmpty());
        await().atMost(PATIENCE).until(() -> {
            var status = farm.client()
                    .resources(WorkerCheck.class)
                    .withName("loop")
                    .get()
                    .getStatus();
            return status != null
                    && status.workers() != null
                    && status.workers().passed() == 1;
        });
    }

    @Test
    void aJobThatAsksForItWaitsUntilItIsPassed() {
        farm.worker("w", 4);
        check("loop", "");
        farm.withOperator();
        farm.job("asks", "requires: {checks: [loop]}");
        var waiting = farm.until("asks", s -> s.waiting() != null).waiting();
        assertThat(waiting.reason()).isEqualTo(Reason.NoWorkerFits);
        assertThat(waiting.message()).contains("CheckNotPassed (needs check loop; nearest: w ");
        end(pod(1), 0, PASSES);
        farm.until("asks", s -> s.liveAttempt().isPresent());
    }

    @Test
    void oneThatFailsTakesTheWorkerOutOfSuchJobsAndNoOthers() {
        farm.worker("w", 4);
        check("loop", "");
        farm.withOperator();
        end(pod(1), 0, PASSES);
        result(r -> Boolean.TRUE.equals(r.passed()));
        annotate("loop");
        var again = pod(2);
        annotation(Optional.empty());
        end(again, 1, FAILS);
        var failed = result(r -> Boolean.FALSE.equals(r.passed()));
        assertThat(failed.message()).isEqualTo("exit code 1: no loop devices");
        assertThat(failed.history()).hasSize(2);
        farm.job("asks", "requires: {checks: [loop]}");
        assertThat(farm.until("asks", s -> s.waiting() != null).waiting().message())
                .contains("CheckNotPassed (needs check loop; nearest: w failed loop");
        farm.job("does-not");
        farm.until("does-not", s -> s.liveAttempt().isPresent());
        events(Reason.CheckFailed, "failed the check loop: exit code 1: no loop devices");
    }

    @Test
    void aMandatoryOneClosesTheWorkerUntilItIsPassed() {
        farm.worker("w", 4);
        check("loop", "mandatory: true");
        farm.withOperator();
        var pod = pod(1);
        farm.job("any");
        assertThat(farm.until("any", s -> s.waiting() != null).waiting().message())
                .contains("1 CheckFailed");
        farm.untilWorker(
                "w", w -> Harness.reason(w, BuildWorkerStatus.SCHEDULABLE).equals(Reason.CheckFailed.name()));
        end(pod, 0, PASSES);
        farm.until("any", s -> s.liveAttempt().isPresent());
    }

    /** Whoever takes over finds the pod by its name. */
    @Test
    void afterACrashNoScriptRunsTwice() {
        farm.worker("w", 4);
        check("loop", "");
        farm.withOperator();
        var pod = pod(1);
        farm.operatorEnds();
        farm.withOperator();
        annotate("unknown");
        annotation(Optional.empty());
        farm.operatorEnds();
        end(pod, 0, PASSES);
        farm.withOperator();
        result(r -> Boolean.TRUE.equals(r.passed()));
        await().atMost(PATIENCE).until(() -> pods().isEmpty());
        assertThat(farm.writes().stream()
                        .filter(w -> w.verb() == Verb.CREATE
                                && w.name().equals(pod.getMetadata().getName())))
                .hasSize(1);
        events(Reason.UnknownCheck, "the WorkerCheck unknown, which is asked for, does not exist");
    }

    /** The status has the result, and the pod is there all the same. */
    @Test
    void aPodWhoseResultIsKnownIsOnlyDeleted() {
        farm.worker("w", 4);
        check("loop", "");
        farm.withOperator();
        var pod = pod(1);
        end(pod, 0, PASSES);
        var result = result(r -> Boolean.TRUE.equals(r.passed()));
        await().atMost(PATIENCE).until(() -> pods().isEmpty());
        farm.operatorEnds();
        pod.getMetadata().setResourceVersion(null);
        pod.getMetadata().setUid(null);
        farm.client().resource(pod).create();
        farm.withOperator();
        await().atMost(PATIENCE)
                .until(() -> farm.writes().stream()
                                .filter(w -> w.verb() == Verb.DELETE
                                        && w.name().equals(pod.getMetadata().getName()))
                                .count()
                        == 2);
        farm.kubelet().gone(pod);
        assertThat(result(r -> true)).isEqualTo(result);
    }

    @Test
    void whatARunNeedsIsKeptFreeForIt() {
        farm.worker("w", 4);
        farm.apply("""
            apiVersion: v1
            kind: Pod
            metadata: {name: others}
            spec:
              nodeName: w
              containers: [{name: c, image: "local.test/web:1", resources: {requests: {cpu: 62500m}}}]
            """, Pod.class);
        check("loop", "resources: {cpu: 500m}");
        farm.withOperator();
        untilBudget("1");
        var pod = pod(1);
        untilBudget("1");
        end(pod, 0, PASSES);
        result(r -> Boolean.TRUE.equals(r.passed()));
        untilBudget("1");
        farm.client().resources(WorkerCheck.class).delete();
        untilBudget("1500m");
        farm.untilWorker("w", w -> w.getStatus().checks().isEmpty());
    }

    @Test
    void aWorkerThatIsDrainedIsCheckedOnlyIfSomebodyAsks() {
        farm.worker("w", 4);
        farm.worker("x", 4);
        patch("{\"metadata\":{\"annotations\":{\"" + Annotations.DRAIN + "\":\"repair\"}}}");
        check("loop", "");
        farm.withOperator();
        var other = pod(1);
        assertThat(other.getMetadata().getLabels()).containsEntry(Labels.WORKER, "x");
        annotate("loop");
        await().atMost(PATIENCE).until(() -> pods().size() == 2);
        annotation(Optional.empty());
    }

    @Test
    void oneThatCannotBeRunSaysWhy() {
        farm.worker("w", 4);
        check("loop", "image: \"\"");
        farm.withOperator();
        await().atMost(PATIENCE).until(() -> {
            var status = farm.client()
                    .resources(WorkerCheck.class)
                    .withName("loop")
                    .get()
                    .getStatus();
            return status != null
                    && status.conditions().stream()
                            .anyMatch(c -> !c.holds() && c.message().startsWith("spec.image: must be set"));
        });
        assertThat(pods()).isEmpty();
    }

    private void check(String name, String line) {
        farm.apply(
                """
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: WorkerCheck
            metadata: {name: %s}
            spec:
              script: test -e /dev/loop0
              %s
              %s
            """.formatted(name, line, line.startsWith("image") ? "" : "image: \"local.test/check:1\""),
                WorkerCheck.class);
    }

    private List<Pod> pods() {
        return farm.client()
                .pods()
                .inAnyNamespace()
                .withLabel(Labels.CHECK_UID)
                .list()
                .getItems();
    }

    private Pod pod(int round) {
        return await("pod of round " + round)
                .atMost(PATIENCE)
                .until(
                        () -> pods().stream()
                                .filter(p -> p.getMetadata().getName().endsWith("-" + round)
                                        && p.getMetadata().getDeletionTimestamp() == null)
                                .findFirst()
                                .orElse(null),
                        p -> p != null);
    }

    private void end(Pod pod, int exitCode, String report) {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        farm.kubelet()
                .containers(
                        pod,
                        exitCode == 0 ? "Succeeded" : "Failed",
                        "{name: check, state: {terminated: {exitCode: " + exitCode + ", finishedAt: \"" + now
                                + "\", message: \"" + report + "\"}}}");
    }

    private CheckResult result(Predicate<CheckResult> condition) {
        var worker = farm.untilWorker(
                "w",
                w -> w.getStatus() != null && w.getStatus().checks().stream().anyMatch(condition));
        return worker.getStatus().checks().get(0);
    }

    private void untilBudget(String cpu) {
        farm.untilWorker(
                "w",
                w -> w.getStatus() != null
                        && w.getStatus().budget() != null
                        && w.getStatus().budget().cpu().toString().equals(cpu));
    }

    private void annotate(String check) {
        patch("{\"metadata\":{\"annotations\":{\"" + Annotations.CHECK + "\":\"" + check + "\"}}}");
    }

    private void annotation(Optional<String> value) {
        farm.untilWorker("w", w -> Optional.ofNullable(w.getMetadata().getAnnotations())
                .map(a -> a.get(Annotations.CHECK))
                .equals(value));
    }

    private void patch(String json) {
        farm.client().resources(BuildWorker.class).withName("w").patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    private void events(Reason reason, String message) {
        await().atMost(PATIENCE).until(() -> farm.client().v1().events().inAnyNamespace().list().getItems().stream()
                .anyMatch(e ->
                        e.getReason().equals(reason.name()) && e.getMessage().equals(message)));
    }
}
