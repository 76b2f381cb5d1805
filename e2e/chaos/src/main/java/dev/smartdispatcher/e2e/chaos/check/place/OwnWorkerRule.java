package dev.smartdispatcher.e2e.chaos.check.place;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.chaos.check.rule.Findings;
import dev.smartdispatcher.e2e.chaos.check.rule.Rule;
import dev.smartdispatcher.e2e.chaos.check.view.Worker;
import dev.smartdispatcher.e2e.chaos.check.view.World;
import dev.smartdispatcher.e2e.chaos.history.Change;

/** No worker's facts were ever written by the agent of another node: each signs what it publishes with the name of its own. */
public final class OwnWorkerRule implements Rule {
    /** The local fact that says who wrote the facts. */
    public static final String SIGNATURE = "chaos-writer";

    @Override
    public String name() {
        return "9 an agent writes only its own worker";
    }

    @Override
    public void change(World world, Change change, JsonNode before, Findings findings) {
        if (change.kind().equals("buildworkers") && !change.isDeletion()) {
            var worker = new Worker(change.object(), null);
            var writer = worker.agent().path("local").path(SIGNATURE).asText(worker.name());
            if (!writer.equals(worker.name())) {
                findings.violation(this, "the facts of " + worker.name() + " are those of the agent on " + writer);
            }
        }
    }
}
