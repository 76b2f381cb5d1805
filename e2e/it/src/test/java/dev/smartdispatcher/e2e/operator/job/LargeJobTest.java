package dev.smartdispatcher.e2e.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a job's container is told is not kept by the operator where it is much, and is all there when it is needed. */
@ExtendWith(HarnessExtension.class)
class LargeJobTest {
    private static final String SCRIPT = "true " + "x".repeat(20_000);

    private final Harness farm;
    /** What the operator reads of single jobs. */
    private final Queue<String> read = new ConcurrentLinkedQueue<>();

    LargeJobTest(Harness farm) {
        this.farm = farm;
        farm.faults().failWhile(this::note, 500);
        farm.worker("w", 4);
        farm.withOperator();
    }

    private boolean note(ApiRequest request) {
        if (request.is(Verb.GET, "buildjobs") && request.userAgent().equals(Harness.OPERATOR)) {
            read.add(request.name());
        }
        return false;
    }

    private void completes(String job) {
        var pod = farm.pod(job, 1);
        farm.kubelet().running(pod);
        farm.until(job, s -> s.holds(BuildJobStatus.RUNNING));
        farm.kubelet().ended(pod, 0);
        farm.until(job, s -> s.holds(BuildJobStatus.COMPLETE));
    }

    @Test
    void itsPodIsMadeOfAllOfIt() {
        farm.build("large", SCRIPT, "env: [{name: TEXT, value: some}]");
        var build = farm.pod("large", 1).getSpec().getContainers().get(0);
        assertThat(build.getArgs()).contains(SCRIPT);
        assertThat(build.getEnv()).extracting(e -> e.getName()).contains("TEXT");
        assertThat(read).containsExactly("large");
    }

    @Test
    void allOfItIsStillThereInTheEnd() {
        farm.build("large", SCRIPT, "env: [{name: TEXT, value: some}]");
        completes("large");
        var spec = farm.client()
                .resources(BuildJob.class)
                .inNamespace(farm.namespace())
                .withName("large")
                .get()
                .getSpec();
        assertThat(spec.args()).containsExactly(SCRIPT);
        assertThat(spec.env()).hasSize(1);
    }

    @Test
    void anOrdinaryJobIsNotReadAgain() {
        farm.job("small");
        completes("small");
        assertThat(read).isEmpty();
    }
}
