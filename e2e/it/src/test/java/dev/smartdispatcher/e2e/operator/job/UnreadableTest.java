package dev.smartdispatcher.e2e.operator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.environment.BuildEnvironmentStatus;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.policy.DispatchPolicyStatus;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.farm.Edits;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.Unbounded;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Objects that an older definition took, or that a newer operator wrote: each closes itself alone, and says by which field,
 * whether it is there when the operator starts or comes while it runs.
 */
class UnreadableTest {
    private final Harness farm = new Harness();

    @AfterEach
    void close() {
        farm.close();
    }

    private static String worker(String name, String agent) {
        return """
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildWorker
            metadata: {name: %s}
            spec: {}
            status:
              agent: {observedTime: "2026-01-01T00:00:00Z", hostArch: x86_64, %s}
            """.formatted(name, agent);
    }

    private static String job(String name, String more, String status) {
        return """
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildJob
            metadata: {name: %s, namespace: default}
            spec: {targetArch: x86_64, environment: debian, args: ["true"], %s}
            %s
            """.formatted(name, more, status);
    }

    private void othersGoOn(String name) {
        farm.job(name);
        farm.kubelet().ended(farm.pod(name, 1), 0);
        farm.until(name, s -> s.holds(BuildJobStatus.COMPLETE));
    }

    private Event event(String object, Reason reason) {
        return await("an Event about " + object)
                .until(
                        () -> farm.client().v1().events().inAnyNamespace().list().getItems().stream()
                                .filter(e -> e.getInvolvedObject().getName().equals(object)
                                        && e.getReason().equals(reason.name()))
                                .findFirst()
                                .orElse(null),
                        e -> e != null);
    }

    private void assertClosed(String worker, String field) {
        var seen = farm.untilWorker(
                worker,
                w -> w != null
                        && w.getStatus() != null
                        && w.getStatus()
                                .condition(BuildWorkerStatus.SCHEDULABLE)
                                .isPresent());
        var condition =
                seen.getStatus().condition(BuildWorkerStatus.SCHEDULABLE).orElseThrow();
        assertThat(condition.reason()).isEqualTo(Reason.InvalidFacts.name());
        assertThat(condition.message()).contains(field);
    }

    @Test
    void aWorkerIsClosedAloneBeforeAndWhileTheOperatorRuns() {
        farm.worker("w", 1);
        farm.node("before");
        farm.node("later");
        Unbounded.store(farm, worker("before", "cpu: {threads: 99999999999}"));
        farm.withOperator();
        assertClosed("before", "status.agent.cpu.threads: 99999999999 cannot be read");
        othersGoOn("one");
        Unbounded.store(farm, worker("later", "memory: {total: \"9e99999999999\"}"));
        assertClosed("later", "status.agent.memory.total: \"9e99999999999\" cannot be read");
        othersGoOn("two");
    }

    @Test
    void aWorkerThatCanBeReadAgainTakesJobs() {
        farm.node("w");
        Unbounded.store(farm, worker("w", "load: {pressure: {cpu: -99999999999}}"));
        farm.withOperator();
        assertClosed("w", "status.agent.load.pressure.cpu: -99999999999 cannot be read");
        farm.client().resources(BuildWorker.class).withName("w").delete();
        farm.register("w");
        farm.publish("w", 1, "8Gi", java.time.Instant.now());
        othersGoOn("one");
    }

    @Test
    void anAmountOfANodeClosesItsWorkerAlone() {
        farm.worker("w", 1);
        farm.worker("odd", 64);
        Edits.status(farm.client().nodes().withName("odd"), node -> {
            var odd = new io.fabric8.kubernetes.api.model.Quantity();
            odd.setAmount("9e99999999999");
            node.getStatus().getAllocatable().put("memory", odd);
            return node;
        });
        farm.withOperator();
        assertClosed("odd", "the Node's status.allocatable.memory: \"9e99999999999\" cannot be read");
        othersGoOn("one");
    }

    @Test
    void aJobFailsAloneWithTheFieldNamed() {
        farm.worker("w", 1);
        Unbounded.store(
                farm,
                job("long", "activeDeadlineSeconds: 99999999999", ""),
                job("deep", "resources: {memory: {base: \"1e-4000000\"}}", ""),
                job("vast", "volumes: [{name: v, emptyDir: {sizeLimit: \"9e99999999999\"}}]", ""),
                job("odd", "expense: Immense", ""));
        farm.withOperator();
        assertInvalid("long", "spec.activeDeadlineSeconds: 99999999999 cannot be read");
        assertInvalid("deep", "spec.resources.memory.base: \"1e-4000000\" cannot be read");
        assertInvalid("vast", "spec.volumes[0].emptyDir.sizeLimit: \"9e99999999999\" cannot be read");
        assertInvalid("odd", "spec.expense: \"Immense\" cannot be read");
        othersGoOn("one");
        Unbounded.store(farm, job("later", "priority: 99999999999", ""));
        assertInvalid("later", "spec.priority: 99999999999 cannot be read");
        othersGoOn("two");
    }

    private void assertInvalid(String job, String problem) {
        var failed = farm.until(job, BuildJobStatus::finished).condition(BuildJobStatus.FAILED);
        assertThat(failed.orElseThrow().reason()).isEqualTo(Reason.InvalidSpec.name());
        assertThat(failed.orElseThrow().message()).isEqualTo(problem);
    }

    /** As after a newer operator, which knows more outcomes: the attempt may be running. */
    @Test
    void aJobWhoseAttemptsCannotBeReadIsLeftAlone() {
        farm.worker("w", 2);
        Unbounded.store(farm, job("old", "priority: 1", """
            status:
              attempts: [{number: 1, worker: w, pod: old-00000-1, outcome: FromTheFuture}]
            """));
        farm.withOperator();
        assertThat(event("old", Reason.UnreadableStatus).getMessage())
                .contains("status.attempts[0].outcome: \"FromTheFuture\" cannot be read");
        othersGoOn("one");
        assertThat(farm.pods()).noneMatch(pod -> pod.getMetadata().getName().startsWith("old-"));
        var kept = farm.client()
                .genericKubernetesResources("smartdispatcher.dev/v1alpha1", "BuildJob")
                .inNamespace("default")
                .withName("old")
                .get();
        assertThat(Serialization.asJson(kept)).contains("FromTheFuture").doesNotContain("conditions");
    }

    /** Somebody else than the operator wrote it: what is asked of the API server by such a name fails each time. */
    @Test
    void aJobWhoseAttemptNamesNoPodIsLeftAlone() {
        farm.worker("w", 2);
        Unbounded.store(farm, job("old", "priority: 1", """
            status:
              allocation: {worker: w, hostArch: vax, mode: Native, parallelism: 1, cpu: "1", memory: 1Gi, disk: 1Gi}
              attempts: [{number: 1, worker: w, pod: "", startTime: "2026-01-01T00:00:00Z"}]
            """));
        farm.withOperator();
        assertThat(event("old", Reason.UnreadableStatus).getMessage())
                .contains("status.attempts[0].pod: '' is not a valid name", "status.allocation.hostArch: 'vax' is not");
        othersGoOn("one");
        assertThat(farm.status("old").conditions()).isEmpty();
    }

    /** The operator's own words about waiting are written anew. */
    @Test
    void aJobWhoseReasonToWaitCannotBeReadIsDispatched() {
        farm.worker("w", 1);
        Unbounded.store(farm, job("old", "parallelism: {max: 1}", """
            status:
              waiting: {reason: FromTheFuture, message: m, position: 99999999999}
            """));
        farm.withOperator();
        farm.kubelet().ended(farm.pod("old", 1), 0);
        farm.until("old", s -> s.holds(BuildJobStatus.COMPLETE));
    }

    @Test
    void anEnvironmentIsNotValidAndItsJobsWait() {
        farm.worker("w", 1);
        Unbounded.store(farm, """
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildEnvironment
            metadata: {name: odd}
            spec: {image: i, rules: [{name: r, when: {modes: [Guessed]}}]}
            """);
        farm.withOperator();
        var problem = "spec.rules[0].when.modes[0]: \"Guessed\" cannot be read";
        await().untilAsserted(() -> {
            var status = farm.client()
                    .resources(BuildEnvironment.class)
                    .withName("odd")
                    .get()
                    .getStatus();
            assertThat(status).isNotNull();
            assertThat(status.conditions()).anySatisfy(c -> {
                assertThat(c.type()).isEqualTo(BuildEnvironmentStatus.VALID);
                assertThat(c.holds()).isFalse();
                assertThat(c.message()).contains(problem);
            });
        });
        farm.apply(
                job("waits", "parallelism: {max: 1}", "").replace("debian", "odd"),
                dev.smartdispatcher.api.job.BuildJob.class);
        var waiting = farm.until("waits", s -> s.waiting() != null).waiting();
        assertThat(waiting.reason()).isEqualTo(Reason.InvalidEnvironment);
        assertThat(waiting.message()).contains(problem);
        othersGoOn("one");
    }

    /** It is there, and can be mended: so its jobs are told, whenever it is found out. */
    @Test
    void anAttemptWhoseEnvironmentCannotBeReadAnyMoreIsTakenBackWithTheFieldNamed() {
        farm.worker("w", 1);
        Unbounded.store(farm);
        farm.withOperator();
        var again = farm.cluster().faults().failWhile(r -> r.is(Verb.CREATE, "pods"), 503);
        farm.job("one");
        farm.until("one", s -> s.liveAttempt().isPresent());
        farm.client()
                .genericKubernetesResources("smartdispatcher.dev/v1alpha1", "BuildEnvironment")
                .withName("debian")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\": {\"rules\": [{\"name\": \"r\", \"when\": {\"modes\": [\"Guessed\"]}}]}}");
        var back = farm.until(
                "one", s -> !s.conditions().isEmpty() && s.liveAttempt().isEmpty());
        again.run();
        var told = back.condition(BuildJobStatus.DISPATCHED).orElseThrow();
        assertThat(told.reason()).isEqualTo(Reason.InvalidEnvironment.name());
        assertThat(told.message()).contains("spec.rules[0].when.modes[0]: \"Guessed\" cannot be read");
    }

    @Test
    void aPolicyIsToldAndTheFarmGoesOnByWhatWasInForce() {
        farm.worker("w", 1);
        Unbounded.store(farm, """
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: DispatchPolicy
            metadata: {name: default}
            spec: {usageHalfLifeSeconds: 99999999999, defaults: {memory: {base: "1e-4000000"}}}
            """);
        farm.withOperator();
        assertThat(event("default", Reason.InvalidPolicy).getMessage())
                .contains(
                        "spec.usageHalfLifeSeconds: 99999999999 cannot be read",
                        "spec.defaults.memory.base: \"1e-4000000\" cannot be read");
        othersGoOn("one");
        await().until(
                        () -> farm
                                .client()
                                .resources(DispatchPolicy.class)
                                .withName("default")
                                .get()
                                .getStatus()
                                .conditions()
                                .stream()
                                .anyMatch(c -> c.type().equals(DispatchPolicyStatus.VALID) && !c.holds()));
    }
}
