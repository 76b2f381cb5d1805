package dev.smartdispatcher.e2e.chaos.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.chaos.check.view.World;
import dev.smartdispatcher.e2e.chaos.history.Act;
import dev.smartdispatcher.e2e.chaos.history.Change;
import java.util.HashSet;
import java.util.Set;

/**
 * When all jobs are deleted, nothing of them is left: no pod, no claim, no room on a worker, no eviction guard that guards. There
 * is one lock. Of ConfigMaps there are the entry's and one for each plan and namespace, which the operator keeps for an hour.
 */
public final class LeakRule implements Rule {
    private static final String OPERATOR = "smart-dispatcher";

    private final Set<String> plans = new HashSet<>();
    private boolean cleaned;

    @Override
    public String name() {
        return "no leaks";
    }

    @Override
    public void act(World world, Act act, Findings findings) {
        cleaned |= act.kind() == Act.Kind.CleanUp;
    }

    @Override
    public void change(World world, Change change, JsonNode before, Findings findings) {
        if (change.kind().equals("buildjobs") && !change.isDeletion()) {
            var map = change.object()
                    .path("status")
                    .path("packages")
                    .path("configMap")
                    .asText();
            if (!map.isEmpty()) {
                plans.add(change.name().substring(0, change.name().indexOf('/')) + "/" + map);
            }
        }
    }

    @Override
    public void end(World world, Findings findings) {
        if (!cleaned) {
            return;
        }
        world.pods().forEach(pod -> findings.violation(this, "pod " + pod.name() + " is left"));
        world.all("persistentvolumeclaims").forEach((name, claim) -> {
            if (isOurs(claim)) {
                findings.violation(this, "claim " + name + " is left");
            }
        });
        world.all("configmaps").forEach((name, map) -> {
            if (isOurs(map) && name.contains("/lists-") && !plans.contains(name)) {
                findings.violation(this, "ConfigMap " + name + " was never recorded by a job");
            }
        });
        world.all("poddisruptionbudgets").forEach((name, guard) -> {
            if (isOurs(guard) && guard.path("spec").path("minAvailable").asInt() > 0) {
                findings.violation(this, "eviction guard " + name + " still guards " + guard.path("spec"));
            }
        });
        world.all("buildworkers").forEach((name, worker) -> {
            if (worker.path("status").path("allocation").path("jobs").asInt() > 0) {
                findings.violation(
                        this,
                        "worker " + name + " still has " + worker.path("status").path("allocation"));
            }
        });
        long locks = world.all("leases").keySet().stream()
                .filter(name -> name.startsWith(OPERATOR + "/"))
                .count();
        if (locks != 1) {
            findings.violation(
                    this,
                    "there are " + locks + " locks: " + world.all("leases").keySet());
        }
    }

    private static boolean isOurs(JsonNode object) {
        return OPERATOR.equals(object.path("metadata")
                .path("labels")
                .path("app.kubernetes.io/managed-by")
                .asText());
    }
}
