package dev.smartdispatcher.operator.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.admission.Admission;
import dev.smartdispatcher.operator.scheduler.explain.Wait;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.filter.Matcher;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import dev.smartdispatcher.operator.scheduler.plain.PlainCycle;
import dev.smartdispatcher.operator.scheduler.plain.Plan;
import dev.smartdispatcher.operator.scheduler.plain.Snapshot;
import dev.smartdispatcher.operator.scheduler.testing.Counts;
import dev.smartdispatcher.operator.scheduler.testing.RandomFarms;
import dev.smartdispatcher.operator.testing.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The invariants of a scheduling cycle, on random farms. */
class SchedulingCycleProperties {
    private static final Set<Reason> SAY_NO_COUNTS =
            Set.of(Reason.TenantLimit, Reason.FasterWorkerBusy, Reason.CountedInUse, Reason.TooFewCounted);

    @Test
    void noWorkerIsEverOvercommitted() {
        RandomFarms.each(snapshot -> {
            var plan = PlainCycle.run(snapshot);
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
        });
    }

    @Test
    void sameSnapshotSamePlanInWhateverOrder() {
        Seeds.check(1000, random -> {
            var snapshot = RandomFarms.snapshot(random);
            var other = new Snapshot(
                    snapshot.now(),
                    shuffled(snapshot.workers(), random),
                    snapshot.unknown(),
                    shuffled(snapshot.claims(), random),
                    shuffled(snapshot.pending(), random),
                    snapshot.penalty(),
                    snapshot.shares(),
                    snapshot.usage(),
                    snapshot.terms());
            assertThat(PlainCycle.run(other)).isEqualTo(PlainCycle.run(snapshot));
        });
    }

    @Test
    void everyJobIsPlacedOrExplainedOnce() {
        RandomFarms.each(snapshot -> {
            var plan = PlainCycle.run(snapshot);
            var keys = Stream.concat(
                            plan.placements().stream().map(p -> p.job().key()),
                            plan.waits().stream().map(Wait::job))
                    .sorted()
                    .toList();
            assertThat(keys)
                    .isEqualTo(snapshot.pending().stream()
                            .map(PendingJob::key)
                            .sorted()
                            .toList());
        });
    }

    @Test
    void everyWorkerIsCountedByExactlyOneReason() {
        RandomFarms.each(snapshot -> {
            int unknown = snapshot.unknown().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            for (var wait : PlainCycle.run(snapshot).waits()) {
                if (!SAY_NO_COUNTS.contains(wait.explanation().reason())) {
                    assertThat(Counts.of(wait.explanation()).values().stream()
                                    .mapToInt(Integer::intValue)
                                    .sum())
                            .isEqualTo(snapshot.workers().size() + unknown);
                }
            }
        });
    }

    @Test
    void neverUnbuildableBySize() {
        RandomFarms.each(snapshot -> {
            var jobs = snapshot.pending().stream().collect(Collectors.toMap(PendingJob::key, j -> j));
            for (var wait : PlainCycle.run(snapshot).waits()) {
                if (SAY_NO_COUNTS.contains(wait.explanation().reason())) {
                    continue;
                }
                var alone = new Snapshot(
                        snapshot.now(),
                        snapshot.workers(),
                        snapshot.unknown(),
                        List.of(),
                        List.of(jobs.get(wait.job())),
                        snapshot.penalty(),
                        new Shares(
                                Duration.ofHours(4),
                                Map.of(),
                                100,
                                snapshot.shares().counted()),
                        Map.of(),
                        Map.of());
                var fitsAnEmptyFarm = !PlainCycle.run(alone).placements().isEmpty();
                assertThat(wait.explanation().reason() == Reason.NoRoom)
                        .as(wait + " fits an empty farm: " + fitsAnEmptyFarm)
                        .isEqualTo(fitsAnEmptyFarm || onlyBacksOff(wait));
            }
        });
    }

    private static boolean onlyBacksOff(Wait wait) {
        return Counts.of(wait.explanation()).containsKey(Reason.BackingOff);
    }

    /** At the estimated start of every reservation there is room for the job, whatever was started beside it. */
    @Test
    void backfillNeverDelaysTheReservedJobBeyondItsEstimate() {
        RandomFarms.each(snapshot -> {
            var jobs = PlainCycle.pending(snapshot).stream().collect(Collectors.toMap(PendingJob::key, j -> j));
            var plan = PlainCycle.run(snapshot);
            for (var wait : plan.waits()) {
                var explanation = wait.explanation();
                if (explanation.reservedWorker().isPresent()
                        && explanation.estimatedStart().isPresent()) {
                    var worker = explanation.reservedWorker().orElseThrow();
                    var left = roomAt(explanation.estimatedStart().get(), worker, snapshot, plan);
                    assertThat(left.fits(jobs.get(wait.job()).envelope().smallest()))
                            .as(wait + " on " + worker + " with " + left)
                            .isTrue();
                }
            }
        });
    }

    /** A job for which no room is reserved can be hosted at its estimate by a worker that has the room by what is known to have ended. */
    @Test
    void anEstimateIsATimeAtWhichThereIsRoom() {
        var estimated = new AtomicInteger();
        RandomFarms.each(snapshot -> {
            var jobs = PlainCycle.pending(snapshot).stream().collect(Collectors.toMap(PendingJob::key, j -> j));
            var plan = PlainCycle.run(snapshot);
            var matcher = new Matcher(snapshot.penalty());
            for (var wait : plan.waits()) {
                var start = wait.explanation().estimatedStart();
                if (start.isPresent() && wait.explanation().reservedWorker().isEmpty()) {
                    var job = jobs.get(wait.job());
                    assertThat(snapshot.workers())
                            .as(wait.toString())
                            .anyMatch(w ->
                                    matcher.match(job.requirements(), w).mode().isPresent()
                                            && new Admission(job, snapshot.now())
                                                    .refusal(w)
                                                    .isEmpty()
                                            && roomAt(start.get(), w.name(), snapshot, plan)
                                                    .fits(job.envelope().smallest()));
                    assertThat(start.get()).isAfterOrEqualTo(snapshot.now());
                    estimated.incrementAndGet();
                }
            }
        });
        assertThat(estimated).hasPositiveValue();
    }

    /** Where room is reserved and the start is not known, nothing starts that would not be gone when the room is given back. */
    @Test
    void unknownStartsAreBackfilledOnlyByWhatGivesWayInTime() {
        RandomFarms.each(snapshot -> {
            var plan = PlainCycle.run(snapshot);
            for (var wait : plan.waits()) {
                var explanation = wait.explanation();
                var reserved = explanation.reservedWorker().filter(w -> Optional.ofNullable(
                                snapshot.terms().get(wait.job().uid()))
                        .filter(h -> !h.resting() && h.worker().equals(w))
                        .isPresent());
                if (reserved.isPresent() && explanation.estimatedStart().isEmpty()) {
                    var until = plan.terms().get(wait.job().uid()).until();
                    assertThat(plan.placements())
                            .filteredOn(p -> p.worker().name().equals(reserved.get()))
                            .allMatch(p -> p.claim().endsBy(until)
                                    || p.claim()
                                            .likelyEnd()
                                            .filter(e -> !e.isAfter(until))
                                            .isPresent());
                }
            }
        });
    }

    @Test
    void noTenantHasMoreJobsThanItMay() {
        RandomFarms.each(snapshot -> {
            var plan = PlainCycle.run(snapshot);
            for (var tenant :
                    plan.placements().stream().map(p -> p.job().tenant()).collect(Collectors.toSet())) {
                var jobs = Stream.concat(
                                snapshot.claims().stream(),
                                plan.placements().stream().map(Placement::claim))
                        .filter(c -> c.tenant().equals(tenant))
                        .count();
                assertThat(jobs)
                        .isLessThanOrEqualTo(snapshot.shares().of(tenant).maxJobs());
            }
        });
    }

    @Test
    void noTenantHasMoreJobsOnSomeWorkersThanItMay() {
        var placed = new AtomicInteger();
        RandomFarms.each(snapshot -> {
            var plan = PlainCycle.run(snapshot);
            for (var placement : plan.placements()) {
                var tenant = placement.job().tenant();
                for (var limit : snapshot.shares().of(tenant).limits()) {
                    if (limit.covers(placement.worker())) {
                        var jobs = Stream.concat(
                                        snapshot.claims().stream(),
                                        plan.placements().stream().map(Placement::claim))
                                .filter(c -> c.tenant().equals(tenant)
                                        && snapshot.workers().stream()
                                                .anyMatch(w -> w.name().equals(c.worker()) && limit.covers(w)))
                                .count();
                        assertThat(jobs).isLessThanOrEqualTo(limit.maxJobs());
                        placed.incrementAndGet();
                    }
                }
            }
        });
        assertThat(placed).hasPositiveValue();
    }

    /** What attempts hold together is at most what there is, unless they held more before; then nobody gets any. */
    @Test
    void noMoreIsGivenOfACountedResourceThanThereIs() {
        var given = new AtomicInteger();
        RandomFarms.each(snapshot -> {
            var plan = PlainCycle.run(snapshot);
            for (var placement : plan.placements()) {
                for (var name : placement.claim().counted().keySet()) {
                    var held = Stream.concat(
                                    snapshot.claims().stream(),
                                    plan.placements().stream().map(Placement::claim))
                            .mapToInt(c -> c.counted().getOrDefault(name, 0))
                            .sum();
                    assertThat(held)
                            .as(name)
                            .isLessThanOrEqualTo(snapshot.shares().counted().getOrDefault(name, 0));
                    given.incrementAndGet();
                }
            }
        });
        assertThat(given).hasPositiveValue();
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
