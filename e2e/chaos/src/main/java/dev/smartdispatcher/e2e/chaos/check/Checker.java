package dev.smartdispatcher.e2e.chaos.check;

import dev.smartdispatcher.e2e.chaos.check.place.DrainRule;
import dev.smartdispatcher.e2e.chaos.check.place.ListsRule;
import dev.smartdispatcher.e2e.chaos.check.place.OwnWorkerRule;
import dev.smartdispatcher.e2e.chaos.check.place.RoomRule;
import dev.smartdispatcher.e2e.chaos.check.rule.Findings;
import dev.smartdispatcher.e2e.chaos.check.rule.LeakRule;
import dev.smartdispatcher.e2e.chaos.check.rule.NothingLostRule;
import dev.smartdispatcher.e2e.chaos.check.rule.OneAttemptRule;
import dev.smartdispatcher.e2e.chaos.check.rule.Pauses;
import dev.smartdispatcher.e2e.chaos.check.rule.RecordFirstRule;
import dev.smartdispatcher.e2e.chaos.check.rule.Rule;
import dev.smartdispatcher.e2e.chaos.check.rule.UndisturbedBuildsRule;
import dev.smartdispatcher.e2e.chaos.check.told.OutcomeRule;
import dev.smartdispatcher.e2e.chaos.check.told.ReasonRule;
import dev.smartdispatcher.e2e.chaos.check.view.World;
import dev.smartdispatcher.e2e.chaos.history.Act;
import dev.smartdispatcher.e2e.chaos.history.Change;
import dev.smartdispatcher.e2e.chaos.history.Entry;
import java.time.Duration;
import java.util.List;

/** Judges one history, entry by entry. */
public final class Checker {
    /**
     * How long it may take until what was written is seen by who decides, and what was decided is written: a leader stopped for
     * 25 s, beside a watch that lags by 10 s, with time for a slow machine.
     */
    public static final Duration GRACE = Duration.ofSeconds(60);

    private final World world = new World();
    private final Findings findings = new Findings();
    private final Pauses pauses = new Pauses();
    private final List<Rule> rules = rules(GRACE.toMillis(), pauses);
    private long entries;

    private static List<Rule> rules(long graceMillis, Pauses pauses) {
        return List.of(
                new RoomRule(graceMillis),
                new OneAttemptRule(),
                new NothingLostRule(),
                new RecordFirstRule(),
                new DrainRule(graceMillis),
                new UndisturbedBuildsRule(),
                new ListsRule(graceMillis),
                new OwnWorkerRule(),
                new OutcomeRule(graceMillis),
                new ReasonRule(graceMillis),
                new LeakRule(),
                pauses);
    }

    /** Goes on with the next entry. */
    public void see(Entry entry) {
        entries++;
        if (entry instanceof Change change) {
            findings.at(change.revision(), change.millis());
            var before = world.apply(change);
            rules.forEach(rule -> rule.change(world, change, before, findings));
        } else if (entry instanceof Act act) {
            rules.forEach(rule -> rule.act(world, act, findings));
            findings.count("acts of kind " + act.kind());
        }
    }

    /** The verdict, when there are no more entries. */
    public Verdict end() {
        rules.forEach(rule -> rule.end(world, findings));
        return new Verdict(entries, findings.violations(), findings.total(), findings.counts(), pauses.millis());
    }
}
