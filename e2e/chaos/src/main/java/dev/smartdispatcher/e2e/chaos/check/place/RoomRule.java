package dev.smartdispatcher.e2e.chaos.check.place;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.chaos.check.rule.Claims;
import dev.smartdispatcher.e2e.chaos.check.rule.Claims.Claim;
import dev.smartdispatcher.e2e.chaos.check.rule.Findings;
import dev.smartdispatcher.e2e.chaos.check.rule.Rule;
import dev.smartdispatcher.e2e.chaos.check.view.Room;
import dev.smartdispatcher.e2e.chaos.check.view.WorkerPod;
import dev.smartdispatcher.e2e.chaos.check.view.World;
import dev.smartdispatcher.e2e.chaos.history.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * No pod is created beyond its worker's budget: what earlier records and other pods take, with it, fits. An attempt counts once,
 * by the larger of its record and its pod.
 *
 * <p>A record alone may be too much if it was decided without another one that was just being written: then it may get no pod.
 * If all others had long been there it is a violation by itself.
 */
public final class RoomRule implements Rule {
    private final long graceMillis;
    private final Claims claims = new Claims();
    private final Budgets budgets;
    private final Map<String, Long> created = new HashMap<>();

    /** @param graceMillis how long a write may not have been seen by who decides */
    public RoomRule(long graceMillis) {
        this.graceMillis = graceMillis;
        this.budgets = new Budgets(graceMillis);
    }

    @Override
    public String name() {
        return "1 no overcommit";
    }

    @Override
    public void change(World world, Change change, JsonNode before, Findings findings) {
        budgets.apply(world, change);
        claims.apply(change, before).ifPresent(claim -> recorded(world, claim, findings));
        if (change.kind().equals("pods") && WorkerPod.is(change.object()) && before == null) {
            var pod = new WorkerPod(change.object());
            created.put(pod.uid(), change.millis());
            podCreated(world, pod, findings);
        } else if (change.kind().equals("pods") && change.isDeletion() && WorkerPod.is(before)) {
            created.remove(new WorkerPod(before).uid());
        }
    }

    private void recorded(World world, Claim claim, Findings findings) {
        if (lacking(world, claim.worker(), c -> true, pod -> true).isEmpty()) {
            return;
        }
        long old = claim.millis() - graceMillis;
        var lacking = lacking(
                world,
                claim.worker(),
                c -> c.equals(claim) || c.millis() < old,
                pod -> created.getOrDefault(pod.uid(), Long.MAX_VALUE) < old);
        if (lacking.isEmpty()) {
            findings.count("allocations recorded beyond the room, before another one was seen");
        } else {
            findings.violation(
                    this,
                    "attempt " + claim.attempt() + " was recorded on " + claim.worker() + " beyond its room: "
                            + lacking);
        }
    }

    private void podCreated(World world, WorkerPod pod, Findings findings) {
        long recorded = claims.of(pod.jobUid())
                .filter(claim -> claim.attempt().equals(pod.attemptKey()))
                .map(Claim::revision)
                .orElse(Long.MAX_VALUE);
        var lacking = lacking(
                world,
                pod.worker(),
                claim -> claim.revision() <= recorded,
                other -> other.uid().equals(pod.uid()) || counts(world, other));
        if (!lacking.isEmpty()) {
            findings.violation(
                    this, "pod " + pod.name() + " was created on " + pod.worker() + " beyond its room: " + lacking);
        }
    }

    /** A pod that nobody recorded, and that came just now, is its own violation and not that of the next. */
    private boolean counts(World world, WorkerPod pod) {
        boolean recorded = claims.of(pod.jobUid())
                .filter(claim -> claim.attempt().equals(pod.attemptKey()))
                .isPresent();
        return recorded || created.getOrDefault(pod.uid(), 0L) < world.millis() - graceMillis;
    }

    private List<String> lacking(
            World world, String worker, Predicate<Claim> counted, Predicate<WorkerPod> countedPods) {
        var rooms = new HashMap<String, Room>();
        claims.on(worker).filter(counted).forEach(claim -> rooms.put(claim.attempt(), claim.room()));
        world.podsOn(worker)
                .filter(world::mayRun)
                .filter(countedPods)
                .forEach(pod -> rooms.merge(pod.attemptKey(), pod.requested(), Room::max));
        var sum = rooms.values().stream().reduce(Room.NONE, Room::plus);
        return budgets.most(worker, world.millis())
                .map(budget -> budget.lacking(sum))
                .orElse(List.of("there is no such worker"));
    }
}
