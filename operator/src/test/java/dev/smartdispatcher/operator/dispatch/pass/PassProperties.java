package dev.smartdispatcher.operator.dispatch.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.dispatch.fleet.Claim;
import dev.smartdispatcher.operator.dispatch.fleet.Room;
import dev.smartdispatcher.operator.dispatch.queue.JobKey;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The invariants of a pass, on random farms. */
class PassProperties {
    @Provide
    Arbitrary<Snapshot> farms() {
        return RandomFarms.snapshots();
    }

    @Property(seed = "42")
    void noWorkerIsEverOvercommitted(@ForAll("farms") Snapshot snapshot) {
        var plan = Pass.run(snapshot);
        for (var worker : snapshot.workers()) {
            var before = claimed(snapshot.claims(), worker.name());
            var given = plan.placements().stream()
                    .filter(p -> p.worker().equals(worker))
                    .map(Placement::room)
                    .reduce(Room.NONE, Room::plus);
            if (!given.equals(Room.NONE)) {
                assertThat(worker.budget().fits(before.plus(given))).isTrue();
            }
        }
    }

    @Property(seed = "42")
    void sameSnapshotSamePlanInWhateverOrder(@ForAll("farms") Snapshot snapshot, @ForAll long seed) {
        var random = new Random(seed);
        var other = new Snapshot(
                snapshot.now(),
                shuffled(snapshot.workers(), random),
                snapshot.unknown(),
                shuffled(snapshot.claims(), random),
                shuffled(snapshot.pending(), random),
                snapshot.penalty());
        assertThat(Pass.run(other)).isEqualTo(Pass.run(snapshot));
    }

    @Property(seed = "42")
    void everyJobIsPlacedOrExplainedOnce(@ForAll("farms") Snapshot snapshot) {
        var plan = Pass.run(snapshot);
        var keys = Stream.concat(
                        plan.placements().stream().map(p -> p.job().key()),
                        plan.waits().stream().map(Plan.Wait::job))
                .sorted()
                .toList();
        assertThat(keys)
                .isEqualTo(snapshot.pending().stream()
                        .map(PendingJob::key)
                        .sorted()
                        .toList());
    }

    @Property(seed = "42")
    void everyWorkerIsCountedByExactlyOneReason(@ForAll("farms") Snapshot snapshot) {
        for (var wait : Pass.run(snapshot).waits()) {
            assertThat(wait.explanation().counts().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .isEqualTo(snapshot.workers().size());
        }
    }

    @Property(seed = "42")
    void neverUnbuildableBySize(@ForAll("farms") Snapshot snapshot) {
        var jobs = snapshot.pending().stream().collect(Collectors.toMap(PendingJob::key, j -> j));
        for (var wait : Pass.run(snapshot).waits()) {
            var alone = new Snapshot(
                    snapshot.now(),
                    snapshot.workers(),
                    snapshot.unknown(),
                    List.of(),
                    List.of(jobs.get(wait.job())),
                    snapshot.penalty());
            var fitsAnEmptyFarm = !Pass.run(alone).placements().isEmpty();
            assertThat(wait.explanation().reason() == Reason.NoRoom)
                    .as(wait + " fits an empty farm: " + fitsAnEmptyFarm)
                    .isEqualTo(fitsAnEmptyFarm || onlyBacksOff(wait));
        }
    }

    private static boolean onlyBacksOff(Plan.Wait wait) {
        return wait.explanation().counts().containsKey(Reason.BackingOff);
    }

    /** At the estimated start of every reservation there is room for the job, whatever was started beside it. */
    @Property(seed = "42")
    void backfillNeverDelaysTheReservedJobBeyondItsEstimate(@ForAll("farms") Snapshot snapshot) {
        var jobs = snapshot.pending().stream().collect(Collectors.toMap(PendingJob::key, j -> j));
        var plan = Pass.run(snapshot);
        for (var wait : plan.waits()) {
            var explanation = wait.explanation();
            if (explanation.estimatedStart().isPresent()) {
                var worker = explanation.reservedWorker().orElseThrow();
                var left = roomAt(explanation.estimatedStart().get(), worker, snapshot, plan);
                assertThat(left.fits(jobs.get(wait.job()).envelope().smallest()))
                        .as(wait + " on " + worker + " with " + left)
                        .isTrue();
            }
        }
    }

    /** Where the start is not known, nothing starts on the reserved worker after the job that it is reserved for. */
    @Property(seed = "42")
    void unknownStartsAreNotBackfilled(@ForAll("farms") Snapshot snapshot) {
        var plan = Pass.run(snapshot);
        for (var wait : plan.waits()) {
            var explanation = wait.explanation();
            if (explanation.reservedWorker().isPresent()
                    && explanation.estimatedStart().isEmpty()) {
                var later = plan.placements().stream()
                        .filter(p -> p.worker()
                                .name()
                                .equals(explanation.reservedWorker().get()))
                        .filter(p -> comesAfter(snapshot, p.job().key(), wait.job()));
                assertThat(later).isEmpty();
            }
        }
    }

    private static boolean comesAfter(Snapshot snapshot, JobKey later, JobKey earlier) {
        var order = snapshot.pending().stream()
                .sorted(dev.smartdispatcher.operator.dispatch.queue.QueueOrder.at(snapshot.now()))
                .map(PendingJob::key)
                .toList();
        return order.indexOf(later) > order.indexOf(earlier);
    }

    private static Room roomAt(Instant time, String worker, Snapshot snapshot, Plan plan) {
        var budget = snapshot.workers().stream()
                .filter(w -> w.name().equals(worker))
                .findFirst()
                .orElseThrow()
                .budget();
        return Stream.concat(
                        snapshot.claims().stream(), plan.placements().stream().map(Placement::claim))
                .filter(c -> c.worker().equals(worker) && !c.endsBy(time))
                .map(Claim::room)
                .reduce(budget, Room::minus);
    }

    private static Room claimed(List<Claim> claims, String worker) {
        return claims.stream()
                .filter(c -> c.worker().equals(worker))
                .map(Claim::room)
                .reduce(Room.NONE, Room::plus);
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        var copy = new ArrayList<>(list);
        Collections.shuffle(copy, random);
        return copy;
    }
}
