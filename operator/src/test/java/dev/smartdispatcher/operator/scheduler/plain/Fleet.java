package dev.smartdispatcher.operator.scheduler.plain;

import dev.smartdispatcher.operator.scheduler.model.Claim;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All workers with what is claimed of each, in name order. Claims of workers that are not there count nowhere. Changes
 * while a scheduling cycle places jobs; never leaves the scheduling cycle.
 */
final class Fleet {
    private final List<Worker> workers;
    private final Map<String, List<Claim>> claims = new HashMap<>();
    private final Map<String, Room> free = new HashMap<>();

    public Fleet(Collection<Worker> workers, Collection<Claim> live) {
        this.workers =
                workers.stream().sorted(Comparator.comparing(Worker::name)).toList();
        for (var worker : this.workers) {
            claims.put(worker.name(), new ArrayList<>());
            free.put(worker.name(), worker.budget());
        }
        live.stream().filter(c -> claims.containsKey(c.worker())).forEach(this::claim);
    }

    /** All workers, in name order. */
    public List<Worker> workers() {
        return workers;
    }

    /** What is left of a worker's budget; negative where the budget fell below what is claimed. */
    public Room free(Worker worker) {
        return free.get(worker.name());
    }

    /** The live attempts on a worker. */
    public List<Claim> claims(Worker worker) {
        return claims.get(worker.name());
    }

    /** Takes room of a worker. */
    public void claim(Claim claim) {
        claims.get(claim.worker()).add(claim);
        free.merge(claim.worker(), claim.room(), Room::minus);
    }
}
