package dev.smartdispatcher.e2e.operator.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.BuildJobStatusBuilder;
import dev.smartdispatcher.api.job.status.Phase;
import dev.smartdispatcher.e2e.embedded.log.Write;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.LeapingClock;
import dev.smartdispatcher.operator.controller.JobStatusWriter;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the operator writes: docs/architecture.md says the same. */
class WritesTest {
    private final Harness farm = new Harness();

    @AfterEach
    void close() {
        farm.close();
    }

    /** The second job of its kind: the first has left the ConfigMaps. No pod is late, however slow the test is. */
    @Test
    void anOrdinaryJobCostsThreeStatusesAndAPod() {
        farm.worker("w", 2);
        farm.operatorAt(new LeapingClock());
        complete("first");
        farm.cluster().writes().clear();
        complete("second");
        assertThat(of("second", "buildjobs")).hasSize(3).allMatch(w -> w.subresource()
                .equals("status"));
        assertThat(farm.cluster().writes().doneBy(Harness.OPERATOR))
                .filteredOn(w -> w.resource().equals("pods"))
                .hasSize(1);
        assertThat(farm.cluster().writes().doneBy(Harness.OPERATOR))
                .noneMatch(w -> w.resource().equals("configmaps"));
        Awaitility.await().untilAsserted(() -> assertThat(
                        farm.cluster().writes().doneBy(Harness.OPERATOR))
                .filteredOn(w -> w.resource().equals("events") && w.name().startsWith("second."))
                .hasSize(2));
    }

    /** Many jobs wait and are looked at again and again: told once, they cost nothing more. */
    @Test
    void aWaitingJobIsToldOnce() {
        farm.withOperator();
        farm.job("waits");
        farm.until("waits", s -> s.waiting() != null);
        for (int i = 0; i < 5; i++) {
            farm.job("behind-" + i);
            farm.until("behind-" + i, s -> s.waiting() != null);
        }
        assertThat(of("waits", "buildjobs")).hasSize(1);
    }

    /** Its place in the queue changes with each job that comes before it. */
    @Test
    void anotherPlaceInTheQueueIsNoWrite() {
        farm.withOperator();
        farm.job("waits");
        assertThat(farm.until("waits", s -> s.waiting() != null).waiting().position())
                .isEqualTo(1);
        for (int i = 0; i < 3; i++) {
            farm.job("before-" + i, "priority: 1");
            assertThat(farm.until("before-" + i, s -> s.waiting() != null)
                            .waiting()
                            .position())
                    .isEqualTo(1 + i);
        }
        assertThat(of("waits", "buildjobs")).hasSize(1);
        assertThat(farm.status("waits").waiting().position()).isEqualTo(1);
    }

    /** As when a pod's event comes before that of the job's own last write. */
    @Test
    void whatTheOperatorItselfHasOvertakenIsNotSent() {
        var writer = new JobStatusWriter(farm.cluster().newClient(Harness.OPERATOR));
        var seen = farm.job("j");
        var written = writer.write(seen, status(Phase.Pending)).orElseThrow();
        assertThat(writer.write(seen, status(Phase.Failed))).isEmpty();
        writer.shown(seen);
        assertThat(writer.write(seen, status(Phase.Failed))).isEmpty();
        assertThat(requests("j")).hasSize(1);
        writer.shown(written);
        assertThat(writer.write(written, status(Phase.Dispatched))).isPresent();
        assertThat(requests("j")).hasSize(2);
    }

    private static BuildJobStatus status(Phase phase) {
        return BuildJobStatusBuilder.builder().phase(phase).build();
    }

    private List<Write> requests(String job) {
        return farm.cluster().writes().all().stream()
                .filter(w -> w.by().equals(Harness.OPERATOR) && w.name().equals(job))
                .toList();
    }

    private void complete(String job) {
        farm.job(job);
        var pod = farm.pod(job, 1);
        farm.kubelet().running(pod);
        farm.until(job, s -> s.holds(BuildJobStatus.RUNNING));
        farm.kubelet().ended(pod, 0);
        farm.until(job, s -> s.holds(BuildJobStatus.COMPLETE));
    }

    private List<Write> of(String name, String resource) {
        return farm.cluster().writes().doneBy(Harness.OPERATOR).stream()
                .filter(w -> w.name().equals(name) && w.resource().equals(resource))
                .toList();
    }
}
