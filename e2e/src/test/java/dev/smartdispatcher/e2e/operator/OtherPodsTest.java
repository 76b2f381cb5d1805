package dev.smartdispatcher.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What else runs on a node is not a build's to have. The node of a worker here offers 64 cores, the worker four of them. */
class OtherPodsTest {
    private final Harness farm = new Harness();

    @AfterEach
    void close() {
        farm.close();
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
        farm.gone(other);
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

    @Test
    void oneThatHasEndedCountsNoMore() {
        farm.worker("w", 4);
        farm.withOperator();
        other("batch", "", "63");
        untilBudget("1");
        farm.client.pods().inNamespace("default").withName("batch").editStatus(p -> {
            p.getStatus().setPhase("Succeeded");
            return p;
        });
        untilBudget("4");
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
                  namespace: default
                  %s
                spec:
                  nodeName: w
                  containers: [{name: c, image: "local.test/web:1", resources: {requests: {cpu: %s}}}]
                """.formatted(name, meta.strip(), cpu), Pod.class);
    }
}
