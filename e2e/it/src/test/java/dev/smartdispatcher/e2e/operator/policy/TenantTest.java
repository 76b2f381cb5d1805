package dev.smartdispatcher.e2e.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.policy.QueueStatus;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the policy says of tenants, and what of the queue outlives the operator. */
@ExtendWith(HarnessExtension.class)
class TenantTest {
    private final Harness farm;

    TenantTest(Harness farm) {
        this.farm = farm;
    }

    private List<QueueStatus.ReasonCount> reasons() {
        var status = farm.client()
                .resources(DispatchPolicy.class)
                .withName(DispatchPolicy.NAME)
                .get()
                .getStatus();
        return status == null ? List.of() : status.queue().byReason();
    }

    @Test
    void aNamespaceAtItsLimitWaitsForItsOwnJobs() {
        farm.worker("w", 8);
        farm.policy("{tenants: [{namespaceSelector: {}, maxJobs: 1}]}");
        farm.withOperator().job("first");
        farm.until("first", s -> s.holds(BuildJobStatus.DISPATCHED));
        farm.job("second");
        var waiting = farm.until("second", s -> s.waiting() != null).waiting();
        assertThat(waiting.reason()).isEqualTo(Reason.TenantLimit);
        assertThat(waiting.message()).endsWith("allows: 1");
        Awaitility.await().untilAsserted(() -> assertThat(reasons())
                .containsExactly(new QueueStatus.ReasonCount(Reason.TenantLimit, 1)));
        farm.kubelet().ended(farm.pod("first", 1), 0);
        farm.until("second", s -> s.holds(BuildJobStatus.DISPATCHED));
    }

    @Test
    void aNamespaceAtItsLimitOnSomeWorkersTakesOthers() {
        farm.worker("w", 8);
        farm.policy("{tenants: [{namespaceSelector: {}, limits: [{hostArch: x86_64, maxJobs: 1}]}]}");
        farm.withOperator().job("first");
        farm.until("first", s -> s.holds(BuildJobStatus.DISPATCHED));
        farm.job("second");
        var waiting = farm.until("second", s -> s.waiting() != null).waiting();
        assertThat(waiting.reason()).isEqualTo(Reason.TenantLimit);
        assertThat(waiting.message())
                .isEqualTo(
                        "0/1 workers: 1 TenantLimit (the DispatchPolicy allows the namespace 1 job on x86_64 workers)");
        farm.kubelet().ended(farm.pod("first", 1), 0);
        farm.until("second", s -> s.holds(BuildJobStatus.DISPATCHED));
    }

    @Test
    void roomThatIsKeptOutlivesTheOperator() {
        farm.worker("w", 2);
        farm.withOperator();
        farm.job("one", "parallelism: {min: 1, max: 1}");
        farm.until("one", s -> s.holds(BuildJobStatus.DISPATCHED));
        farm.job("both", "parallelism: {min: 2, max: 2}");
        farm.until("both", s -> s.waiting() != null && "w".equals(s.waiting().reservedWorker()));
        farm.operatorEnds();
        farm.job("small", "parallelism: {min: 1, max: 1}", "priority: 1000");
        farm.withOperator();
        farm.until("small", s -> s.waiting() != null);
        farm.kubelet().ended(farm.pod("one", 1), 0);
        farm.until("both", s -> s.holds(BuildJobStatus.DISPATCHED));
        assertThat(farm.status("small").holds(BuildJobStatus.DISPATCHED)).isFalse();
    }
}
