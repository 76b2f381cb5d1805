package dev.smartdispatcher.e2e.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A machine on which everything dies does not use up a job's attempts while another one is there. */
@ExtendWith(HarnessExtension.class)
class RetryElsewhereTest {
    private final Harness farm;

    RetryElsewhereTest(Harness farm) {
        this.farm = farm.withOperator();
    }

    @Test
    void aBuildThatFailedIsTriedOnAnotherWorkerAndThenOnAThird() {
        farm.worker("large", 8);
        farm.worker("middle", 4);
        farm.worker("small", 2);
        farm.job("flaky", "retry: {onFailure: 3}");
        for (int attempt = 1; attempt <= 3; attempt++) {
            farm.kubelet().ended(farm.pod("flaky", attempt), 2);
        }
        farm.pod("flaky", 4);
        assertThat(farm.status("flaky").attempts().subList(0, 3))
                .extracting(a -> a.worker())
                .containsExactlyInAnyOrder("large", "middle", "small");
    }

    @Test
    void aBuildThatWasLostIsTriedOnAnotherWorkerAndThenAfterAPause() {
        farm.worker("large", 8);
        farm.worker("small", 2);
        farm.job("lost");
        var first = farm.pod("lost", 1);
        lose(first);
        var second = farm.pod("lost", 2);
        assertThat(second.getSpec().getNodeName()).isNotEqualTo(first.getSpec().getNodeName());
        lose(second);
        var waiting = farm.until("lost", s -> s.waiting() != null && s.waiting().reason() == Reason.BackingOff)
                .waiting();
        assertThat(waiting.message())
                .contains("the last ones did not start or were lost")
                .contains(farm.status("lost").lastAttempt().orElseThrow().message());
    }

    private void lose(Pod pod) {
        farm.kubelet().running(pod);
        farm.until(
                "lost",
                s -> s.holds(BuildJobStatus.RUNNING)
                        && pod.getMetadata()
                                .getName()
                                .equals(s.lastAttempt().orElseThrow().pod()));
        farm.kubelet().gone(pod);
    }
}
