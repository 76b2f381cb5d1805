package dev.smartdispatcher.e2e.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.operator.scheduler.intake.Intake;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A namespace whose jobs all ask for something else waits for itself, and all of its jobs start in the end. */
class ManyRequirementsTest {
    private static final int MORE = 60;

    private final Harness farm = new Harness();

    @AfterEach
    void close() {
        farm.close();
    }

    /** Only the last one asks for a label that the worker has; the others wait for ever. */
    private void jobs() {
        for (int i = 0; i < Intake.MOST + MORE; i++) {
            farm.job("j" + i, "requires: {workerSelector: {matchLabels: {pool: 'p" + i + "'}}}");
        }
    }

    private List<Reason> reasons() {
        return farm.client().resources(BuildJob.class).inNamespace("default").list().getItems().stream()
                .map(job -> job.getStatus())
                .filter(status -> status != null && status.waiting() != null)
                .map(status -> status.waiting().reason())
                .toList();
    }

    @Test
    void thoseBeyondTheBoundAreToldAndTheOneThatCouldStartIsNotHeldUp() {
        jobs();
        farm.withOperator();
        await().until(this::reasons, told -> told.size() == Intake.MOST + MORE);
        assertThat(reasons().stream().filter(Reason.TooManyRequirements::equals))
                .hasSize(MORE);
        farm.worker("w", 1);
        int number = Intake.MOST + MORE - 1;
        farm.client()
                .resources(BuildWorker.class)
                .withName("w")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"labels\": {\"pool\": \"p" + number + "\"}}}");
        farm.until("j" + number, s -> s.holds(BuildJobStatus.DISPATCHED));
    }

    @Test
    void anotherNamespaceIsServed() {
        jobs();
        farm.withOperator();
        farm.worker("w", 1);
        farm.client().resource(Serialization.unmarshal("""
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildJob
            metadata: {name: guest, namespace: kube-public}
            spec: {targetArch: x86_64, environment: debian, args: ["true"]}
            """, BuildJob.class)).create();
        await().until(() -> !farm.client()
                .pods()
                .inNamespace("kube-public")
                .list()
                .getItems()
                .isEmpty());
    }
}
