package dev.smartdispatcher.operator.scheduler.cycle;

import static dev.smartdispatcher.operator.scheduler.testing.Farm.GI;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.NOW;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.closed;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.job;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.of;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.sized;
import static dev.smartdispatcher.operator.scheduler.testing.Farm.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.operator.scheduler.cycle.SchedulerDump.JobDump;
import dev.smartdispatcher.operator.scheduler.cycle.SchedulerDump.TenantDump;
import dev.smartdispatcher.operator.scheduler.cycle.SchedulerDump.WorkerDump;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.model.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A dump shows what the scheduler decides by, and changes none of it. */
class SchedulerDumpTest {
    private final Scheduler scheduler = new Scheduler(ModePenalty.STANDARD, Shares.STANDARD, NOW);

    private SchedulerDump dump(int limit, int queueFrom, int workersFrom) {
        return scheduler.dump(
                new DumpWindow(limit, queueFrom, workersFrom),
                uid -> Optional.of("name of " + uid),
                tenant -> tenant.equals("two") ? 7 : 0);
    }

    private void aFullWorkerAndThreeTenants() {
        scheduler.put(worker("a", Architecture.x86_64, 4, 64));
        scheduler.put(closed(worker("b", Architecture.x86_64, 4, 64), Reason.Draining));
        scheduler.put(sized(of("one", job("running")), 4, 4));
        scheduler.runCycle(NOW);
        scheduler.put(sized(of("one", job("large")), 4, 4));
        scheduler.put(sized(of("two", job("first")), 3, 3));
        scheduler.put(sized(of("two", job("second")), 3, 3));
        scheduler.put(sized(of("two", job("enormous")), 64, 64));
        scheduler.runCycle(NOW);
    }

    @Test
    void theQueueIsInFairShareOrderAndThenHasTheJobsThatNoWorkerCouldHost() {
        aFullWorkerAndThreeTenants();
        var dump = dump(10, 0, 0);
        assertThat(dump.waiting()).isEqualTo(4);
        assertThat(dump.queue())
                .extracting(JobDump::job)
                .containsExactly("two/first", "one/large", "two/second", "two/enormous");
        assertThat(dump.queue()).extracting(JobDump::position).containsExactly(0, 1, 2, 3);
        assertThat(dump.queue()).extracting(JobDump::inFairShareOrder).containsExactly(true, true, true, false);
        assertThat(dump.queue().get(0).reason()).contains(Reason.NoRoom);
        assertThat(dump.queue().get(0).need()).isEqualTo(new Room(3000, 3 * GI, GI, 1));
    }

    @Test
    void workersHaveTheirClaimsAndWhyTheyAreClosed() {
        aFullWorkerAndThreeTenants();
        var workers = dump(10, 0, 0).workers();
        assertThat(workers).extracting(WorkerDump::name).containsExactly("a", "b");
        var full = workers.get(0);
        assertThat(full.open()).isTrue();
        assertThat(full.free().cpuMillis()).isZero();
        assertThat(full.claims()).singleElement().satisfies(claim -> {
            assertThat(claim.job()).contains("name of uid-running");
            assertThat(claim.tenant()).isEqualTo("one");
            assertThat(claim.room().cpuMillis()).isEqualTo(4000);
        });
        assertThat(workers.get(1).closed()).contains(Reason.Draining);
    }

    @Test
    void reservationsAreOnTheirWorkersAndTheTenantsAreCharged() {
        aFullWorkerAndThreeTenants();
        var dump = dump(10, 0, 0);
        assertThat(dump.reservations()).singleElement().satisfies(reservation -> {
            assertThat(reservation.worker()).isEqualTo("a");
            assertThat(reservation.job()).isEqualTo("two/first");
            assertThat(reservation.resting()).isFalse();
            assertThat(reservation.start()).isEmpty();
            assertThat(reservation.until()).isEqualTo(NOW.plus(reservation.span()));
        });
        assertThat(dump.workers().get(0).reservedFor()).contains("two/first");
        assertThat(dump.tenants())
                .extracting(TenantDump::name, TenantDump::jobs, TenantDump::chargedMillis)
                .containsExactlyInAnyOrder(tuple("one", 1, 4000L), tuple("two", 0, 3000L));
    }

    @Test
    void jobsThatTheSchedulerDoesNotKnowAreCounted() {
        aFullWorkerAndThreeTenants();
        assertThat(dump(10, 0, 0).tenants())
                .extracting(TenantDump::name, TenantDump::beyondIntake)
                .containsExactlyInAnyOrder(tuple("one", 0), tuple("two", 7));
    }

    @Test
    void pagesOfTheQueueFollowEachOther() {
        aFullWorkerAndThreeTenants();
        var jobs = new ArrayList<String>();
        for (int from = 0; from < 5; from++) {
            var page = dump(1, from, 0).queue();
            assertThat(page).hasSize(from < 4 ? 1 : 0);
            page.forEach(job -> jobs.add(job.job()));
        }
        assertThat(jobs).containsExactly("two/first", "one/large", "two/second", "two/enormous");
        assertThat(dump(1, 0, 1).workers()).extracting(WorkerDump::name).isEqualTo(List.of("b"));
        assertThat(dump(2, 3, 0).queue()).extracting(JobDump::job).containsExactly("two/enormous");
    }

    @Test
    void aDumpChangesNothing() {
        aFullWorkerAndThreeTenants();
        var before = dump(10, 0, 0);
        dump(1, 2, 1);
        assertThat(dump(10, 0, 0)).isEqualTo(before);
        assertThat(scheduler.runCycle(NOW).placements()).isEmpty();
    }
}
