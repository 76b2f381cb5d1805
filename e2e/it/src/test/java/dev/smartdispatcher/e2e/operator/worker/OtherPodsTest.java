package dev.smartdispatcher.e2e.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.e2e.farm.Edits;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What else runs on a node is not a build's to have. The node of a worker here offers 64 cores, the worker four of them. */
@ExtendWith(HarnessExtension.class)
class OtherPodsTest {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final Harness farm;

    OtherPodsTest(Harness farm) {
        this.farm = farm;
    }

    @Test
    void aWorkersBudgetFollowsWhatOtherPodsOnItsNodeRequest() {
        farm.worker("w", 4);
        farm.withOperator();
        untilBudget("4");
        var other = other("web", "", "62500m");
        untilBudget("1500m");
        farm.job("two", "parallelism: {min: 2}");
        assertThat(farm.until("two", s -> s.waiting() != null).waiting().message())
                .contains("TooLittleCpu");
        farm.kubelet().gone(other);
        untilBudget("4");
        farm.until("two", s -> s.liveAttempt().isPresent());
    }

    @Test
    void aPodThatOnlyClaimsToBeABuildCountsToo() {
        farm.worker("w", 4);
        farm.withOperator();
        other("forged", """
            labels: {app.kubernetes.io/managed-by: smart-dispatcher, smartdispatcher.dev/worker: elsewhere}
            """, "63");
        untilBudget("1");
    }

    /** Whoever may create pods may say anything in their labels and of their owners; no policy forbids it here. */
    @Test
    void onlyABuildJobsPodIsABuild() {
        farm.worker("w", 4);
        farm.withOperator().job("real", "parallelism: {max: 1}");
        var real = farm.pod("real", 1).getMetadata();
        untilAllocated("1");
        other("forged", """
            labels:
                app.kubernetes.io/managed-by: smart-dispatcher
                smartdispatcher.dev/job: real
                smartdispatcher.dev/job-uid: %1$s
                smartdispatcher.dev/worker: w
                smartdispatcher.dev/attempt: "7"
              ownerReferences: [{apiVersion: evil.example/v1, kind: BuildJob, name: real, uid: %1$s}]
            """.formatted(real.getOwnerReferences().get(0).getUid()), "62");
        untilBudget("2");
        untilAllocated("1");
    }

    private void untilAllocated(String cpu) {
        farm.untilWorker(
                "w",
                worker -> worker != null
                        && worker.getStatus() != null
                        && worker.getStatus().allocation() != null
                        && new Quantity(cpu)
                                .equals(worker.getStatus().allocation().cpu()));
    }

    @Test
    void oneThatHasEndedCountsNoMore() {
        farm.worker("w", 4);
        farm.withOperator();
        other("batch", "", "63");
        untilBudget("1");
        Edits.status(farm.client().pods().inNamespace(farm.namespace()).withName("batch"), p -> {
            p.getStatus().setPhase("Succeeded");
            return p;
        });
        untilBudget("4");
    }

    /** They may have requested less, or be no pods at all. */
    @Test
    void whatOthersUseMakesABuildSmallerButKeepsNoneFromStarting() {
        farm.worker("w", 4);
        farm.withOperator();
        untilBudget("4");
        // What a pass hears of a worker first is where it begins to count.
        farm.job("never", "requires: {hostArch: [s390x]}");
        farm.until("never", s -> s.waiting() != null);
        observed("2030-01-01T00:00:00Z", "0");
        observed("2030-01-01T00:01:00Z", "3");
        farm.job("smaller", "parallelism: {min: 1}");
        assertThat(farm.until("smaller", s -> s.liveAttempt().isPresent())
                        .allocation()
                        .parallelism())
                .isEqualTo(1);
        farm.job("all-the-same", "parallelism: {min: 3}");
        farm.until("all-the-same", s -> s.liveAttempt().isPresent());
    }

    /** Returns when the operator has seen it. */
    private void observed(String time, String cpu) {
        var worker = farm.client().resources(BuildWorker.class).withName("w");
        worker.subresource("status")
                .patch(
                        MERGE,
                        "{\"status\":{\"agent\":{\"observedTime\":\"" + time
                                + "\",\"cpu\":{\"threads\":4},\"load\":{\"cpu\":\"" + cpu + "\"}}}}");
        drained(worker, "\"seen\"", "True");
        drained(worker, "null", "False");
    }

    private void drained(Resource<BuildWorker> worker, String drain, String drained) {
        worker.patch(MERGE, "{\"metadata\":{\"annotations\":{\"smartdispatcher.dev/drain\":" + drain + "}}}");
        farm.untilWorker("w", w -> w.getStatus()
                .condition(BuildWorkerStatus.DRAINED)
                .filter(c -> c.status().name().equals(drained))
                .isPresent());
    }

    private void untilBudget(String cpu) {
        farm.untilWorker(
                "w",
                worker -> worker != null
                        && worker.getStatus() != null
                        && worker.getStatus().budget() != null
                        && new Quantity(cpu).equals(worker.getStatus().budget().cpu()));
    }

    private Pod other(String name, String meta, String cpu) {
        return farm.apply("""
            apiVersion: v1
            kind: Pod
            metadata:
              name: %s
              %s
            spec:
              nodeName: w
              containers: [{name: c, image: "local.test/web:1", resources: {requests: {cpu: %s}}}]
            """.formatted(name, meta.strip(), cpu), Pod.class);
    }
}
