package dev.smartdispatcher.e2e.chaos.check.told;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.chaos.check.rule.Findings;
import dev.smartdispatcher.e2e.chaos.check.rule.Rule;
import dev.smartdispatcher.e2e.chaos.check.view.Attempt;
import dev.smartdispatcher.e2e.chaos.check.view.Job;
import dev.smartdispatcher.e2e.chaos.check.view.Worker;
import dev.smartdispatcher.e2e.chaos.check.view.World;
import dev.smartdispatcher.e2e.chaos.history.Change;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is recorded of an attempt's end is what its pod showed; no success is thrown away; a job ends as its last attempt did, and
 * fails only when it may not be tried again.
 */
public final class OutcomeRule implements Rule {
    private final long graceMillis;
    private final SeenPods pods = new SeenPods();

    private final Suspensions suspensions = new Suspensions();
    /** When workers had a deadline for a drain last. */
    private final Map<String, Long> deadlines = new HashMap<>();

    public OutcomeRule(long graceMillis) {
        this.graceMillis = graceMillis;
    }

    @Override
    public String name() {
        return "true outcomes";
    }

    @Override
    public void change(World world, Change change, JsonNode before, Findings findings) {
        pods.apply(change, before);
        suspensions.apply(change);
        if (change.kind().equals("buildworkers") && !change.isDeletion()) {
            deadline(new Worker(change.object(), null), change.millis());
        }
        if (!change.kind().equals("buildjobs") || change.isDeletion()) {
            return;
        }
        var job = new Job(change.object());
        var old = Optional.ofNullable(before).map(Job::new).filter(j -> j.uid().equals(job.uid()));
        for (var attempt : job.attempts()) {
            boolean known = old.flatMap(j -> j.attempt(attempt.number()))
                    .filter(a -> !a.isLive())
                    .isPresent();
            if (!attempt.isLive() && !known) {
                findings.count("attempts ended as " + attempt.outcome());
                complaint(world, job, attempt)
                        .ifPresent(text -> findings.violation(
                                this,
                                "attempt " + attempt.number() + " of " + job.key() + " ended as " + attempt.outcome()
                                        + ", but " + text));
            }
        }
        if (job.isFinished() && old.filter(Job::isFinished).isEmpty()) {
            finished(job, findings);
        }
    }

    private void deadline(Worker worker, long millis) {
        if (worker.hasDeadline()) {
            deadlines.put(worker.name(), Long.MAX_VALUE);
        } else {
            deadlines.computeIfPresent(worker.name(), (name, until) -> Math.min(until, millis));
        }
    }

    private Optional<String> complaint(World world, Job job, Attempt attempt) {
        var pod = pods.of(job.uid() + "/" + attempt.number());
        var outcome = attempt.outcome();
        if (world.podsOf(job.uid()).anyMatch(p -> p.attempt() == attempt.number() && world.mayRun(p))) {
            return Optional.of("its pod may run");
        }
        if (pod.succeeded() && !outcome.equals("Succeeded")) {
            return pod.shownMillis(world.millis()) < graceMillis && !pod.isThere()
                    ? Optional.empty()
                    : Optional.of("its pod succeeded");
        }
        int exitCode = pod.terminated().path("exitCode").asInt(-1);
        boolean killedForMemory = pod.terminated().path("reason").asText().equals("OOMKilled");
        return switch (outcome) {
            case "Succeeded" -> unless(pod.succeeded(), "its pod did not succeed: " + pod.terminated());
            case "BuildFailed" ->
                unless(
                        exitCode > 0
                                && !pod.wasStopped()
                                && !killedForMemory
                                && exitCode == attempt.json().path("exitCode").asInt(-1),
                        "its pod shows " + pod.terminated());
            case "OutOfMemory" -> unless(killedForMemory, "its pod shows " + pod.terminated());
            case "WorkerLost" ->
                unless(pod.terminated().isMissingNode() || pod.wasStopped(), "its pod shows " + pod.terminated());
            case "DrainDeadlinePassed" ->
                unless(
                        deadlines.getOrDefault(attempt.worker(), 0L) > world.millis() - graceMillis,
                        "its worker had no deadline");
            case "Suspended" ->
                unless(suspensions.since(job, world.millis() - graceMillis), "the job was not suspended");
            case "Cancelled" -> unless(job.isCancelled(), "the job was not cancelled");
            case "StartFailed", "Unschedulable", "NoSandbox" -> unless(!pod.ran(), "its container ran");
            default -> Optional.of("nothing in this run makes an attempt end so");
        };
    }

    private static Optional<String> unless(boolean holds, String text) {
        return holds ? Optional.empty() : Optional.of(text);
    }

    private void finished(Job job, Findings findings) {
        var last = job.last().map(Attempt::outcome).orElse("");
        findings.count(job.isComplete() ? "jobs complete" : "jobs failed");
        if (job.isComplete() && job.isFailed() || job.isComplete() && !last.equals("Succeeded")) {
            findings.violation(this, job.key() + " is Complete, its last attempt ended as " + last);
        }
        if (job.isFailed() && job.isCancelled() && job.reason("Failed").equals("Cancelled")) {
            return;
        }
        if (job.isFailed() && (!job.reason("Failed").equals(last) || last.equals("Succeeded"))) {
            findings.violation(
                    this, job.key() + " is Failed for " + job.reason("Failed") + ", its last attempt ended as " + last);
        } else if (job.isFailed() && Retries.areLeft(job, last)) {
            findings.violation(this, job.key() + " is Failed, though it may be tried again after " + last);
        }
    }

    @Override
    public void end(World world, Findings findings) {
        for (var pod : pods.all()) {
            if (pod.succeeded() && pod.shownMillis(world.millis()) > graceMillis) {
                world.job(pod.jobUid())
                        .filter(job -> job.attempt(pod.attempt())
                                .filter(a -> a.outcome().equals("Succeeded"))
                                .isEmpty())
                        .ifPresent(job -> findings.violation(
                                this, "pod " + pod.name() + " succeeded, and " + job.key() + " does not know of it"));
            }
        }
    }
}
