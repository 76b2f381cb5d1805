package dev.smartdispatcher.e2e.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.embedded.ClusterOptions;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.farm.Edits;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HeldAllocations;
import dev.smartdispatcher.e2e.operator.harness.LeapingClock;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A worker that is gone gets no job, however soon it comes. Where the clock stands still, nothing is found out by time. */
class DeletedWorkerTest {
    private static final int REMEMBERED = 100;

    private final Harness farm = new Harness(ClusterOptions.DEFAULT.withRememberedEvents(REMEMBERED));

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void aDeletionIsAnEvent() {
        farm.worker("w", 1);
        farm.operatorAt(new LeapingClock());
        known();
        worker().delete();
        waitsForWorkers("next");
    }

    /**
     * Watches come back in any order. A job that the operator saw first would still be given to the worker, so the one here has
     * waited since before: there is no room.
     */
    @Test
    void aDeletionThatNoWatchShowedIsFoundByTheNextList() {
        farm.worker("w", 1);
        farm.operatorAt(new LeapingClock());
        farm.job("runs");
        farm.kubelet().running(farm.pod("runs", 1));
        farm.until("runs", s -> s.holds(BuildJobStatus.RUNNING));
        farm.job("next");
        farm.until("next", s -> s.waiting() != null && s.waiting().reason() == Reason.NoRoom);
        var unseen = farm.cluster().faults().failWhile(DeletedWorkerTest::feedsTheCache, 503);
        farm.cluster().dropWatches();
        worker().delete();
        farm.outlastEvents(REMEMBERED);
        unseen.run();
        untilNoWorkers("next");
    }

    /** The allocation was decided before the deletion, and gets through when the worker is gone. */
    @Test
    void anAllocationThatComesTooLateIsTakenBack() {
        allocatedLate(() -> worker().delete());
    }

    @Test
    void soIsOneOnAWorkerWhoseNodeIsGone() {
        allocatedLate(() -> farm.client().resources(Node.class).withName("w").delete());
    }

    /** Somebody's finalizer holds it up. */
    @Test
    void aWorkerThatIsBeingDeletedTakesNothing() {
        farm.worker("w", 1);
        farm.operatorAt(new LeapingClock());
        known();
        Edits.edit(worker(), w -> {
            w.getMetadata().setFinalizers(List.of("example.org/inventory"));
            return w;
        });
        worker().delete();
        farm.job("next");
        var waiting = farm.until("next", s -> s.waiting() != null).waiting();
        assertThat(waiting.reason()).isEqualTo(Reason.WorkersUnavailable);
        assertThat(waiting.message()).contains("1 Draining");
    }

    @Test
    void aWorkerThatIsMadeAnewTakesJobs() {
        farm.worker("w", 1);
        farm.operatorAt(new LeapingClock());
        known();
        worker().delete();
        farm.client().resources(Node.class).withName("w").delete();
        farm.worker("w", 1);
        farm.job("next");
        farm.kubelet().ended(farm.pod("next", 1), 0);
        farm.until("next", s -> s.holds(BuildJobStatus.COMPLETE));
    }

    /** A job ran there. */
    private void known() {
        farm.job("before");
        farm.kubelet().ended(farm.pod("before", 1), 0);
        farm.until("before", s -> s.holds(BuildJobStatus.COMPLETE));
    }

    private void waitsForWorkers(String job) {
        farm.job(job);
        untilNoWorkers(job);
    }

    private void untilNoWorkers(String job) {
        var status = farm.until(job, s -> s.waiting() != null && s.waiting().reason() == Reason.NoWorkers);
        assertThat(status.allocation()).isNull();
        assertThat(farm.pods()).noneMatch(p -> p.getMetadata().getName().startsWith(job));
    }

    private void allocatedLate(Runnable deletion) {
        farm.worker("w", 1);
        var held = new HeldAllocations(farm);
        farm.withOperator().job("j");
        held.untilTried();
        deletion.run();
        held.close();
        var back = farm.until(
                "j",
                s -> s.condition(BuildJobStatus.DISPATCHED).isPresent()
                        && s.attempts().isEmpty());
        assertThat(back.allocation()).isNull();
        assertThat(farm.pods()).isEmpty();
    }

    private Resource<BuildWorker> worker() {
        return farm.client().resources(BuildWorker.class).withName("w");
    }

    private static boolean feedsTheCache(ApiRequest request) {
        return request.userAgent().equals(Harness.OPERATOR)
                && (request.is(Verb.LIST, "buildworkers") || request.is(Verb.WATCH, "buildworkers"));
    }
}
