package dev.smartdispatcher.operator.scheduler.cycle;

import static dev.smartdispatcher.operator.scheduler.testing.Farm.NOW;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.job;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.of;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.sized;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.fairshare.Share;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.fairshare.WorkerLimit;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Limits of a tenant on some of the workers. */
class WorkerLimitsTest {
    private static final LabelSelector FAST = new LabelSelector(Map.of("pool", "fast"), List.of());

    private final Scheduler scheduler = new Scheduler(ModePenalty.STANDARD, Shares.STANDARD, NOW);

    WorkerLimitsTest() {
        scheduler.put(worker("fast", Architecture.x86_64, 64, 256).withLabels(Map.of("pool", "fast")));
    }

    private void limit(int jobs) {
        var limit = new WorkerLimit(Optional.empty(), Optional.of(FAST), jobs);
        scheduler.share(new Shares(Duration.ofHours(4), Map.of("a", new Share(1, Integer.MAX_VALUE, List.of(limit)))));
    }

    private PendingJob put(String tenant, String name) {
        var job = of(tenant, sized(job(name), 1, 1));
        scheduler.put(job);
        return job;
    }

    private List<String> starts() {
        return scheduler.runCycle(NOW).placements().stream()
                .map(p -> p.job().key().name() + " on " + p.worker().name())
                .sorted()
                .toList();
    }

    @Test
    void otherWorkersAndOtherTenantsAreNotConcerned() {
        limit(1);
        put("a", "a1");
        put("a", "a2");
        put("b", "b1");
        put("b", "b2");
        assertThat(starts()).containsExactlyInAnyOrder("a1 on fast", "b1 on fast", "b2 on fast");
        scheduler.put(worker("slow", Architecture.x86_64, 2, 8));
        assertThat(starts()).containsExactly("a2 on slow");
    }

    @Test
    void aLimitThatComesWhileJobsWaitCountsAndItsEndToo() {
        put("a", "a1");
        assertThat(starts()).hasSize(1);
        limit(1);
        put("a", "a2");
        assertThat(starts()).isEmpty();
        var wait = scheduler.explain("uid-a2").orElseThrow().explanation();
        assertThat(wait.reason()).isEqualTo(Reason.TenantLimit);
        assertThat(wait.message())
                .isEqualTo("0/1 workers: 1 TenantLimit (the DispatchPolicy allows the namespace 1 job on workers that"
                        + " the limit's workerSelector selects)");
        scheduler.share(Shares.STANDARD);
        assertThat(starts()).containsExactly("a2 on fast");
    }

    @Test
    void aWorkerOfAnotherClassIsOpenAgain() {
        limit(0);
        put("a", "a1");
        assertThat(starts()).isEmpty();
        scheduler.put(worker("fast", Architecture.x86_64, 64, 256));
        assertThat(starts()).containsExactly("a1 on fast");
    }
}
