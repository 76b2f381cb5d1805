package dev.smartdispatcher.e2e.operator.worker;

import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.check.WorkerCheck;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.CheckResult;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A worker {@code w} and the WorkerCheck {@code loop}: what an administrator and a kubelet do about it, and what is then seen. */
final class CheckedWorker {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Harness farm;

    CheckedWorker(Harness farm) {
        this.farm = farm;
    }

    /** Has a worker, a check with this line in its spec, and an operator that runs it. */
    void start(String line) {
        farm.worker("w", 4);
        check(line);
        farm.withOperator();
    }

    void check(String line) {
        farm.apply(
                """
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: WorkerCheck
            metadata: {name: loop}
            spec:
              script: test -e /dev/loop0
              %s
              %s
            """.formatted(line, line.startsWith("image") ? "" : "image: \"local.test/check:1\""),
                WorkerCheck.class);
    }

    List<Pod> pods() {
        return farm.client()
                .pods()
                .inAnyNamespace()
                .withLabel(Labels.CHECK_UID)
                .list()
                .getItems();
    }

    Pod pod(int round) {
        return await("pod of round " + round)
                .atMost(PATIENCE)
                .until(
                        () -> pods().stream()
                                .filter(p -> p.getMetadata().getName().endsWith("-" + round)
                                        && p.getMetadata().getDeletionTimestamp() == null)
                                .findFirst()
                                .orElse(null),
                        p -> p != null);
    }

    void end(Pod pod, int exitCode, String report) {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        farm.kubelet()
                .containers(
                        pod,
                        exitCode == 0 ? "Succeeded" : "Failed",
                        "{name: check, state: {terminated: {exitCode: " + exitCode + ", finishedAt: \"" + now
                                + "\", message: \"" + report + "\"}}}");
    }

    CheckResult result(Predicate<CheckResult> condition) {
        var worker = farm.untilWorker(
                "w",
                w -> w.getStatus() != null && w.getStatus().checks().stream().anyMatch(condition));
        return worker.getStatus().checks().get(0);
    }

    void untilBudget(String cpu) {
        farm.untilWorker(
                "w",
                w -> w.getStatus() != null
                        && w.getStatus().budget() != null
                        && w.getStatus().budget().cpu().toString().equals(cpu));
    }

    void annotate(String check) {
        patch("{\"metadata\":{\"annotations\":{\"" + Annotations.CHECK + "\":\"" + check + "\"}}}");
    }

    void annotation(Optional<String> value) {
        farm.untilWorker("w", w -> Optional.ofNullable(w.getMetadata().getAnnotations())
                .map(a -> a.get(Annotations.CHECK))
                .equals(value));
    }

    void patch(String json) {
        farm.client().resources(BuildWorker.class).withName("w").patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    void events(Reason reason, String message) {
        await().atMost(PATIENCE).until(() -> farm.client().v1().events().inAnyNamespace().list().getItems().stream()
                .anyMatch(e ->
                        e.getReason().equals(reason.name()) && e.getMessage().equals(message)));
    }

    /** An Event about an object of this kind. */
    void event(String kind, Reason reason, String message) {
        await().atMost(PATIENCE).until(() -> farm.client().v1().events().inAnyNamespace().list().getItems().stream()
                .anyMatch(e -> e.getInvolvedObject().getKind().equals(kind)
                        && e.getReason().equals(reason.name())
                        && e.getMessage().equals(message)));
    }
}
