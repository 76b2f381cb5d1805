package dev.smartdispatcher.e2e.chaos.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.chaos.history.Act;
import dev.smartdispatcher.e2e.chaos.history.Change;
import dev.smartdispatcher.e2e.chaos.history.Entry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A history as a sound operator makes it, step by step: two workers of two cores, and jobs of one core that a test sends through
 * their lives. Each step is a second after the last.
 */
final class FarmHistory {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLAN = "sha256:plan";
    static final String MAP = "lists-0123456789ab";

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, ObjectNode> objects = new HashMap<>();
    private long revision = 100;
    private long millis = 1_800_000_000_000L;

    FarmHistory() {
        put("buildenvironments", "debian", """
                {"spec": {"image": "local.test/debian:12", "packages": {"preinstall": ["bash"], "install": ["gcc", "make"]},
                  "rules": [{"name": "arm", "when": {"targetArch": ["armv7l"], "modes": ["Cross"]}, "install": ["cross-gcc"]}]}}""");
        put("leases", "smart-dispatcher/smart-dispatcher", "{}");
        worker("w-1");
        worker("w-2");
    }

    private void worker(String name) {
        put("nodes", name, """
                {"spec": {}, "status": {"allocatable": {"cpu": "2", "memory": "4Gi", "ephemeral-storage": "32Gi"},
                  "conditions": [{"type": "Ready", "status": "True"}]}}""");
        put("buildworkers", name, """
                {"metadata": {"name": "%s"}, "spec": {}, "status": {"agent": {"hostArch": "x86_64",
                  "targets": [{"arch": "x86_64", "mode": "Native"}], "local": {"chaos-writer": "%s"},
                  "observedTime": "2027-01-15T08:00:00Z", "recommendedLimits": {"cpu": "2", "memory": "4Gi", "disk": "32Gi", "jobs": 2}}}}""".formatted(name, name));
    }

    FarmHistory act(Act.Kind kind, String target) {
        return act(kind, target, "");
    }

    FarmHistory act(Act.Kind kind, String target, String detail) {
        entries.add(new Act(millis, kind, target, detail));
        return this;
    }

    FarmHistory wait(int seconds) {
        millis += seconds * 1000L;
        return this;
    }

    static String uid(String job) {
        return job.repeat(10).substring(0, 10) + "-uid";
    }

    static String podName(String job, int attempt) {
        return job + "-" + uid(job).replace("-", "").substring(0, 5) + "-" + attempt;
    }

    static String podUid(String job, int attempt) {
        return "pod-" + podName(job, attempt);
    }

    /** A job is created, and waits. */
    FarmHistory job(String name) {
        put("buildjobs", "team/" + name, """
                {"metadata": {"name": "%s", "namespace": "team", "uid": "%s"},
                 "spec": {"targetArch": "x86_64", "environment": "debian",
                   "resources": {"cpuPerProcess": "1", "memory": {"base": "0", "perProcess": "1Gi"}, "disk": {"size": "1Gi"}}},
                 "status": {}}""".formatted(name, uid(name)));
        return edit(
                "buildjobs",
                "team/" + name,
                job -> status(job).putObject("waiting").put("reason", "NoRoom").put("message", "0/2"));
    }

    /** Its next attempt is recorded. */
    FarmHistory record(String name, int attempt, String worker) {
        put("configmaps", "team/" + MAP, """
                {"metadata": {"labels": {"app.kubernetes.io/managed-by": "smart-dispatcher"}},
                 "data": {"preinstall": "bash\\n", "install": "gcc\\nmake\\n", "no-install": "", "remove": ""}}""");
        return edit("buildjobs", "team/" + name, job -> {
            var status = status(job);
            status.remove("waiting");
            status.set("allocation", json("""
                    {"worker": "%s", "hostArch": "x86_64", "mode": "Native", "parallelism": 1, "cpu": "1", "memory": "1Gi",
                     "disk": "1Gi"}""".formatted(worker)));
            status.set("packages", json("""
                    {"digest": "%s", "configMap": "%s", "plan": "%s"}""".formatted(digest(), MAP, PLAN)));
            status.withArray("attempts").add(json("""
                    {"number": %d, "worker": "%s", "pod": "%s"}""".formatted(attempt, worker, podName(name, attempt))));
        });
    }

    FarmHistory pod(String name, int attempt, String worker) {
        return put("pods", "team/" + podName(name, attempt), """
                {"metadata": {"name": "%s", "namespace": "team", "uid": "%s",
                  "labels": {"smartdispatcher.dev/job": "%s", "smartdispatcher.dev/job-uid": "%s",
                    "smartdispatcher.dev/attempt": "%d", "smartdispatcher.dev/worker": "%s"},
                  "annotations": {"smartdispatcher.dev/plan": "%s"}},
                 "spec": {"nodeName": "%s", "volumes": [{"name": "lists", "configMap": {"name": "%s"}}],
                  "containers": [{"name": "build", "resources": {"requests":
                    {"cpu": "1", "memory": "1Gi", "ephemeral-storage": "1Gi"}}}]},
                 "status": {"phase": "Pending"}}""".formatted(
                podName(name, attempt), podUid(name, attempt), name, uid(name), attempt, worker, PLAN, worker, MAP));
    }

    FarmHistory running(String name, int attempt) {
        act(Act.Kind.ContainerStarted, uid(name), podUid(name, attempt));
        return state(name, attempt, "Running", "{\"running\": {}}");
    }

    FarmHistory exited(String name, int attempt, int exitCode, String reason) {
        act(Act.Kind.ContainerGone, uid(name), podUid(name, attempt));
        return state(name, attempt, "Running", """
                {"terminated": {"exitCode": %d, "reason": "%s", "message": "{\\"exitCode\\":%d}"}}""".formatted(exitCode, reason, exitCode));
    }

    FarmHistory state(String name, int attempt, String phase, String state) {
        return edit(
                "pods", "team/" + podName(name, attempt), pod -> pod.set("status", json("""
                {"phase": "%s", "containerStatuses": [{"name": "build", "state": %s}]}""".formatted(phase, state))));
    }

    /** The attempt's end is recorded; the job ends too if a condition is named. */
    FarmHistory ended(String name, String outcome, int exitCode, String condition) {
        return edit("buildjobs", "team/" + name, job -> {
            var attempts = status(job).withArray("attempts");
            var last = (ObjectNode) attempts.get(attempts.size() - 1);
            last.put("outcome", outcome);
            if (exitCode >= 0) {
                last.put("exitCode", exitCode);
            }
            if (!condition.isEmpty()) {
                status(job)
                        .withArray("conditions")
                        .addObject()
                        .put("type", condition)
                        .put("status", "True")
                        .put("reason", outcome);
            }
        });
    }

    FarmHistory gone(String kind, String name) {
        objects.remove(kind + " " + name);
        add(kind, name, null);
        return this;
    }

    FarmHistory edit(String kind, String name, Consumer<ObjectNode> change) {
        var object = objects.get(kind + " " + name).deepCopy();
        change.accept(object);
        objects.put(kind + " " + name, object);
        add(kind, name, object);
        return this;
    }

    FarmHistory put(String kind, String name, String json) {
        var object = json(json);
        objects.put(kind + " " + name, object);
        add(kind, name, object);
        return this;
    }

    private void add(String kind, String name, JsonNode object) {
        millis += 1000;
        entries.add(new Change(millis, ++revision, kind, name, object));
    }

    static ObjectNode status(ObjectNode object) {
        return object.withObject("/status");
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static String digest() {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update("bash\n\ngcc\nmake\n\n\n\n\n\n".getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Entry> entries() {
        return entries;
    }

    Verdict verdict() {
        var checker = new Checker();
        entries.forEach(checker::see);
        return checker.end();
    }
}
