package dev.smartdispatcher.e2e.chaos.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.chaos.check.view.Attempt;
import dev.smartdispatcher.e2e.chaos.check.view.Job;
import dev.smartdispatcher.e2e.chaos.check.view.World;
import dev.smartdispatcher.e2e.chaos.history.Act;
import dev.smartdispatcher.e2e.chaos.history.Change;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * No job disappears that nobody deleted; what is recorded of an end stays so; and when all is quiet, each job has ended, but for
 * those that cannot.
 */
public final class NothingLostRule implements Rule {
    private final Set<String> deleted = new HashSet<>();
    private final Set<String> waiting = new HashSet<>();
    private boolean cleaned;
    private boolean quiet;

    @Override
    public String name() {
        return "3 nothing lost";
    }

    @Override
    public void act(World world, Act act, Findings findings) {
        switch (act.kind()) {
            case DeleteJob -> deleted.add(act.target());
            case ExpectWait -> waiting.add(act.target());
            case Quiet -> quiet = true;
            case CleanUp -> {
                cleaned = true;
                unfinished(world, findings);
            }
            default -> {}
        }
    }

    @Override
    public void change(World world, Change change, JsonNode before, Findings findings) {
        if (!change.kind().equals("buildjobs") || before == null) {
            return;
        }
        var old = new Job(before);
        if (change.isDeletion()) {
            if (!cleaned && !deleted.contains(old.uid())) {
                findings.violation(this, old.key() + " disappeared, and nobody deleted it");
            }
            return;
        }
        var job = new Job(change.object());
        if (old.uid().equals(job.uid())) {
            compare(old, job, findings);
        }
    }

    private void compare(Job old, Job job, Findings findings) {
        if (old.isComplete() && !job.isComplete() || old.isFailed() && !job.isFailed()) {
            findings.violation(this, job.key() + " had ended, and then had not");
        }
        for (var attempt : old.attempts()) {
            if (attempt.isLive()) {
                continue;
            }
            var outcome = job.attempt(attempt.number()).map(Attempt::outcome).orElse("");
            // Of a long row of attempts that did not start some are left out.
            boolean leftOut =
                    outcome.isEmpty() && job.attempts().size() >= old.attempts().size();
            if (!Objects.equals(attempt.outcome(), outcome) && !leftOut) {
                findings.violation(
                        this,
                        job.key() + ": attempt " + attempt.number() + " had ended as " + attempt.outcome()
                                + ", and then as '" + outcome + "'");
            }
        }
    }

    private void unfinished(World world, Findings findings) {
        world.jobs()
                .filter(job -> !job.isFinished())
                .filter(job -> !waiting.contains(job.uid()) || job.waits().isEmpty())
                .filter(job -> !deleted.contains(job.uid()))
                .forEach(job -> findings.violation(
                        this,
                        job.key() + " has not ended though all is quiet: it waits for '" + job.waits()
                                + "', its attempts are " + job.status().path("attempts")));
    }

    @Override
    public void end(World world, Findings findings) {
        if (quiet && !cleaned) {
            unfinished(world, findings);
        }
    }
}
