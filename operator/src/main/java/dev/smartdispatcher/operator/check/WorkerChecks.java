package dev.smartdispatcher.operator.check;

import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.operator.scheduler.model.CheckStanding;
import dev.smartdispatcher.operator.scheduler.model.Room;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The checks that are for one worker, and how it stands with each.
 *
 * @param definitions those that are run here, mandatory ones first, at most {@link BuildWorkerStatus#MOST_CHECKS}
 * @param standings by the name of the check
 * @param facts attributes of results that count, as facts {@code check.NAME.KEY}
 */
public record WorkerChecks(
        List<CheckDefinition> definitions, Map<String, CheckStanding> standings, Map<String, String> facts) {
    public static final WorkerChecks NONE = new WorkerChecks(List.of(), Map.of(), Map.of());

    private static final Comparator<CheckDefinition> ORDER = Comparator.comparing(
                    (CheckDefinition check) -> !check.spec().mandatory())
            .thenComparing(CheckDefinition::name);

    /** The checks that select a worker by its labels, whatever isolation it offers; in the order in which they count. */
    public static List<CheckDefinition> selecting(Collection<CheckDefinition> all, Map<String, String> labels) {
        return all.stream()
                .filter(check -> check.spec().selects(labels))
                .sorted(ORDER)
                .toList();
    }

    /**
     * Of those that select the worker, the ones that run there.
     *
     * @param offered what its jobs could have if all its checks passed: with another isolation no script can run
     * @param standings of those that select it
     * @param facts of those that select it
     */
    public static WorkerChecks of(
            List<CheckDefinition> selecting,
            Set<JobIsolation> offered,
            Map<String, CheckStanding> standings,
            Map<String, String> facts) {
        var run = selecting.stream()
                .filter(check -> offered.contains(check.spec().isolation()))
                .limit(BuildWorkerStatus.MOST_CHECKS)
                .toList();
        var kept = new TreeMap<String, CheckStanding>();
        run.forEach(check -> kept.put(check.name(), standings.getOrDefault(check.name(), CheckStanding.Unknown)));
        var told = new TreeMap<String, String>();
        facts.forEach((name, value) -> {
            if (kept.keySet().stream().anyMatch(check -> name.startsWith(CheckValidity.prefix(check)))) {
                told.put(name, value);
            }
        });
        return new WorkerChecks(run, kept, told);
    }

    /** What builds may not have of the worker, so that the largest check finds room whenever it is due. */
    public Room room() {
        return definitions.stream().map(CheckDefinition::room).reduce(Room.NONE, Room::max);
    }

    /** The mandatory checks that the worker has not passed. */
    public List<String> missing() {
        return definitions.stream()
                .filter(check -> check.spec().mandatory())
                .map(CheckDefinition::name)
                .filter(name -> standings.get(name) != CheckStanding.Passed)
                .toList();
    }

    /** Isolation that a failed check takes away. A result that does not count takes nothing. */
    public Set<JobIsolation> withdrawn() {
        var withdrawn = EnumSet.noneOf(JobIsolation.class);
        definitions.stream()
                .filter(check -> check.spec().withdrawsIsolation())
                .filter(check -> standings.get(check.name()) == CheckStanding.Failed)
                .forEach(check -> withdrawn.add(check.spec().isolation()));
        return withdrawn;
    }
}
