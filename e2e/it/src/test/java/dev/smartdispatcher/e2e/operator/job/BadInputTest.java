package dev.smartdispatcher.e2e.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * One bad object costs nobody else anything: what others ask for goes on. An API server of today refuses most of these objects;
 * an older definition may have let them in.
 */
class BadInputTest {
    private final Harness farm = new Harness();

    @AfterEach
    void close() {
        farm.close();
    }

    private void othersGoOn() {
        farm.job("other");
        farm.kubelet().ended(farm.pod("other", 1), 0);
        farm.until("other", s -> s.holds(BuildJobStatus.COMPLETE));
    }

    @Test
    void aSpecThatBreaksARuleFailsInTheWordsOfTheSchema() {
        farm.withOperator().job("contradiction", "parallelism: {min: 4, max: 2}");
        var status = farm.until("contradiction", BuildJobStatus::finished);
        assertThat(status.condition(BuildJobStatus.FAILED)).hasValueSatisfying(c -> {
            assertThat(c.reason()).isEqualTo("InvalidSpec");
            assertThat(c.message())
                    .isEqualTo("spec.parallelism.max: parallelism.max must not be smaller than parallelism.min");
        });
    }

    @Test
    void whatIsWrongWithAPartThatIsNotKeptIsFoundOut() {
        farm.worker("w", 4);
        farm.withOperator()
                .build("large", "true " + "x".repeat(20_000), "volumeMounts: [{name: missing, mountPath: /m}]");
        var failed = farm.until("large", s -> s.holds(BuildJobStatus.FAILED));
        assertThat(failed.condition(BuildJobStatus.FAILED)).hasValueSatisfying(c -> {
            assertThat(c.reason()).isEqualTo(Reason.InvalidSpec.name());
            assertThat(c.message()).contains("spec.volumeMounts");
        });
    }

    @Test
    void amountsBeyondAllMeasureFailTheirJobAlone() {
        farm.worker("w", 1);
        farm.withOperator().job("vast", "resources: {memory: {base: 9Ei, perProcess: 9Ei}}");
        var failed = farm.until("vast", BuildJobStatus::finished).condition(BuildJobStatus.FAILED);
        assertThat(failed.orElseThrow().reason()).isEqualTo("InvalidSpec");
        assertThat(failed.orElseThrow().message()).contains("spec.resources.memory");
        othersGoOn();
    }

    @Test
    void amountsThatOnlyTogetherAreBeyondMeasureFailTheirJobAlone() {
        farm.worker("w", 1);
        farm.withOperator().job("vast", "parallelism: {min: 1024}", "resources: {memory: {perProcess: 7Ei}}");
        farm.until("vast", BuildJobStatus::finished);
        othersGoOn();
    }

    @Test
    void aWorkerBeyondAllMeasureIsClosedAlone() {
        farm.worker("vast", 1, "9Ei");
        farm.worker("w", 1);
        farm.withOperator();
        farm.untilWorker(
                "vast",
                w -> w.getStatus() != null
                        && Farm.reason(w, BuildWorkerStatus.SCHEDULABLE).equals("InvalidFacts"));
        othersGoOn();
    }

    /** Pods carry it as a label. */
    @Test
    void aWorkerWithTooLongANameIsClosedAlone() {
        var name = "n".repeat(64);
        farm.worker(name, 8);
        farm.worker("w", 1);
        farm.withOperator();
        var closed = farm.untilWorker(
                name,
                w -> w.getStatus() != null
                        && Farm.reason(w, BuildWorkerStatus.SCHEDULABLE).equals("InvalidFacts"));
        assertThat(closed.getStatus()
                        .condition(BuildWorkerStatus.SCHEDULABLE)
                        .orElseThrow()
                        .message())
                .contains("metadata.name: has 64 characters");
        othersGoOn();
    }

    @Test
    void aPolicyBeyondAllMeasureIsAWaitingReasonUntilItIsMended() {
        farm.worker("w", 1);
        farm.policy("{defaults: {memory: {base: 9Ei}}}");
        farm.withOperator().job("plain");
        var waiting = farm.until("plain", s -> s.waiting() != null).waiting();
        assertThat(waiting.reason()).isEqualTo(Reason.InvalidPolicy);
        assertThat(waiting.message()).contains("spec.defaults", "9Ei");
        farm.client()
                .resources(DispatchPolicy.class)
                .withName(DispatchPolicy.NAME)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"defaults\":{\"memory\":{\"base\":\"1Gi\"}}}}");
        farm.kubelet().ended(farm.pod("plain", 1), 0);
        farm.until("plain", s -> s.holds(BuildJobStatus.COMPLETE));
    }

    /** The attempt never had a pod: its room is free at once. */
    @Test
    void aPodThatTheApiServerFindsInvalidFailsItsJobAndHoldsNoRoom() {
        farm.worker("w", 1);
        farm.cluster().failNext(r -> r.is(Verb.CREATE, "pods"), 422);
        farm.withOperator().job("invalid");
        var status = farm.until("invalid", BuildJobStatus::finished);
        assertThat(status.condition(BuildJobStatus.FAILED).orElseThrow().reason())
                .isEqualTo("InvalidSpec");
        assertThat(status.liveAttempt()).isEmpty();
        othersGoOn();
    }
}
