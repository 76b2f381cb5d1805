package dev.smartdispatcher.e2e.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.policy.CountedUse;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Counted resources: the policy has a number of each, and attempts hold them. */
@ExtendWith(HarnessExtension.class)
class CountedTest {
    private static final String ONE = "resources: {counted: {license-x: 1}}";
    private final Harness farm;

    CountedTest(Harness farm) {
        this.farm = farm;
    }

    private void amount(int units) {
        farm.client()
                .resources(DispatchPolicy.class)
                .withName(DispatchPolicy.NAME)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\": {\"counted\": {\"license-x\": " + units + "}}}");
    }

    private List<CountedUse> use() {
        var status = farm.client()
                .resources(DispatchPolicy.class)
                .withName(DispatchPolicy.NAME)
                .get()
                .getStatus();
        return status == null ? List.of() : status.counted();
    }

    @Test
    void aJobWaitsForWhatOthersHold() {
        farm.worker("w", 8);
        farm.policy("{counted: {license-x: 1}}");
        farm.withOperator().job("first", ONE);
        var first = farm.until("first", s -> s.holds(BuildJobStatus.DISPATCHED));
        assertThat(first.allocation().counted()).isEqualTo(Map.of("license-x", 1));
        farm.job("second", ONE);
        var waiting = farm.until("second", s -> s.waiting() != null).waiting();
        assertThat(waiting.reason()).isEqualTo(Reason.CountedInUse);
        assertThat(waiting.message())
                .isEqualTo("needs 1 of license-x; free: 0 of 1, held by " + farm.namespace() + " (1)");
        farm.job("other");
        farm.until("other", s -> s.holds(BuildJobStatus.DISPATCHED));
        Awaitility.await().untilAsserted(() -> assertThat(use())
                .containsExactly(
                        new CountedUse("license-x", 1, 1L, List.of(new CountedUse.Holder(farm.namespace(), 1L)))));
        farm.kubelet().ended(farm.pod("first", 1), 0);
        farm.until("second", s -> s.holds(BuildJobStatus.DISPATCHED));
    }

    @Test
    void aJobIsToldThatNobodyHasWhatItNeeds() {
        farm.worker("w", 8);
        farm.policy("{counted: {license-x: 1}}");
        farm.withOperator().job("many", "resources: {counted: {license-x: 2}}");
        var many = farm.until("many", s -> s.waiting() != null).waiting();
        assertThat(many.reason()).isEqualTo(Reason.TooFewCounted);
        assertThat(many.message()).isEqualTo("needs 2 of license-x, and the DispatchPolicy has only 1 in spec.counted");
        farm.job("unknown", "resources: {counted: {license-y: 1}}");
        assertThat(farm.until("unknown", s -> s.waiting() != null).waiting().message())
                .isEqualTo("needs 1 of license-y, and the DispatchPolicy has none in spec.counted");
        amount(2);
        farm.until("many", s -> s.holds(BuildJobStatus.DISPATCHED));
    }

    /** The second operator knows nothing of the first but what is recorded; the deleted job's pod alone holds what it has. */
    @Test
    void whatIsHeldOutlivesTheOperatorAndTheJob() {
        farm.worker("w", 8);
        farm.policy("{counted: {license-x: 2}}");
        farm.withOperator().job("first", ONE);
        farm.until("first", s -> s.holds(BuildJobStatus.DISPATCHED));
        farm.job("second", ONE);
        farm.until("second", s -> s.holds(BuildJobStatus.DISPATCHED));
        var pod = farm.pod("second", 1);
        farm.operatorEnds();
        amount(1);
        farm.client()
                .resources(BuildJob.class)
                .inNamespace(farm.namespace())
                .withName("second")
                .delete();
        farm.withOperator().job("third", ONE);
        assertThat(farm.until("third", s -> s.waiting() != null).waiting().reason())
                .isEqualTo(Reason.CountedInUse);
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(use()).extracting(CountedUse::allocated).containsExactly(2L));
        farm.kubelet().ended(farm.pod("first", 1), 0);
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(use()).extracting(CountedUse::allocated).containsExactly(1L));
        assertThat(farm.status("third").holds(BuildJobStatus.DISPATCHED)).isFalse();
        farm.kubelet().ended(pod, 0);
        farm.until("third", s -> s.holds(BuildJobStatus.DISPATCHED));
    }
}
