package dev.smartdispatcher.e2e.chaos.check.told;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.chaos.check.rule.Claims;
import dev.smartdispatcher.e2e.chaos.check.rule.Findings;
import dev.smartdispatcher.e2e.chaos.check.rule.Rule;
import dev.smartdispatcher.e2e.chaos.check.view.Job;
import dev.smartdispatcher.e2e.chaos.check.view.World;
import dev.smartdispatcher.e2e.chaos.history.Change;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A waiting job is told why, and it is true: a quota only where there is one, no worker only where there is none, no room only
 * while no worker that could take it is idle.
 */
public final class ReasonRule implements Rule {
    /** Nothing in a run makes these true. */
    private static final Set<String> NEVER = Set.of(
            "UnknownEnvironment",
            "InvalidEnvironment",
            "TenantLimit",
            "TooManyRequirements",
            "IsolationNotAllowed",
            "InstallerNotAllowed",
            "NameConflict",
            "AdmissionDenied",
            "NotAuthorized",
            "UnreadableStatus",
            "InvalidPolicy");

    /** Which an idle worker disproves. */
    private static final Set<String> NO_WORKER =
            Set.of("NoRoom", "NoWorkers", "NoWorkerFits", "WorkersUnavailable", "Reserved", "FasterWorkerBusy");

    private final long graceMillis;
    private final Claims claims = new Claims();
    private final Suspensions suspensions = new Suspensions();
    private final OpenWorkers workers = new OpenWorkers();
    /** When there was last a quota in a namespace. */
    private final Map<String, Long> quotas = new HashMap<>();

    public ReasonRule(long graceMillis) {
        this.graceMillis = graceMillis;
    }

    @Override
    public String name() {
        return "true reasons";
    }

    @Override
    public void change(World world, Change change, JsonNode before, Findings findings) {
        claims.apply(change, before);
        suspensions.apply(change);
        workers.apply(world, claims, change, before);
        if (change.kind().equals("resourcequotas")) {
            quotas.put(namespace(change.name()), change.isDeletion() ? change.millis() : Long.MAX_VALUE);
        } else if (change.kind().equals("buildjobs") && !change.isDeletion()) {
            var job = new Job(change.object());
            var old = before == null
                    ? ""
                    : new Job(before).status().path("waiting").toString();
            if (!job.waits().isEmpty()
                    && !old.equals(job.status().path("waiting").toString())) {
                findings.count("jobs waited for " + job.waits());
                complaint(world, job).ifPresent(text -> findings.violation(this, told(job) + ", but " + text));
            }
        }
    }

    private Optional<String> complaint(World world, Job job) {
        var reason = job.waits();
        var message = job.status().path("waiting").path("message").asText();
        if (NEVER.contains(reason)) {
            return Optional.of("nothing in this run makes that true");
        }
        if (reason.equals("QuotaExceeded")) {
            boolean quota = quotas.getOrDefault(namespace(job.key()), 0L) >= world.millis() - graceMillis;
            return !quota
                    ? Optional.of("there is no quota")
                    : message.contains("quota") ? Optional.empty() : Optional.of("that is not a quota's refusal");
        }
        if (reason.equals("Suspended")) {
            return suspensions.since(job, world.millis() - graceMillis)
                    ? Optional.empty()
                    : Optional.of("it was not suspended");
        }
        return idle(world, job);
    }

    private Optional<String> idle(World world, Job job) {
        return NO_WORKER.contains(job.waits())
                ? workers.idle(world, claims, job, graceMillis).map(worker -> worker + " has long been open and idle")
                : Optional.empty();
    }

    private static String told(Job job) {
        return job.key() + " waits for " + job.waits() + " ("
                + job.status().path("waiting").path("message").asText() + ")";
    }

    private static String namespace(String name) {
        return name.substring(0, name.indexOf('/'));
    }

    @Override
    public void end(World world, Findings findings) {
        world.jobs().filter(Job::isPending).forEach(job -> idle(world, job)
                .ifPresent(text -> findings.violation(this, "at the end " + told(job) + ", but " + text)));
    }
}
