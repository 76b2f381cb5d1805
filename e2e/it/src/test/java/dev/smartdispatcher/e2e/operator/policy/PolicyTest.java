package dev.smartdispatcher.e2e.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Condition;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.environment.BuildEnvironmentStatus;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.policy.DispatchPolicyStatus;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the policy allows, and what is in force without it. */
class PolicyTest {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final String DEVICE = "devices.kubevirt.io/kvm";

    private final Harness farm = new Harness();

    @BeforeEach
    void oneWorker() {
        farm.worker("w", 4);
        farm.client()
                .resources(BuildWorker.class)
                .withName("w")
                .subresource("status")
                .patch(MERGE, "{\"status\":{\"agent\":{\"isolation\":[\"UserNamespace\",\"KVM\"]}}}");
        farm.withOperator();
        await().until(() -> farm.client()
                        .resources(DispatchPolicy.class)
                        .withName(DispatchPolicy.NAME)
                        .get()
                != null);
    }

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void anIsolationIsWaitedForUntilPolicyAndNodeHaveIt() {
        farm.job("vm", "requires: {isolation: KVM}");
        var refused = farm.until("vm", s -> s.waiting() != null).waiting();
        assertThat(refused.reason()).isEqualTo(Reason.IsolationNotAllowed);
        assertThat(refused.message()).isEqualTo("requires.isolation KVM is not in the policy's spec.isolation");
        policy("{\"isolation\":[{\"name\":\"KVM\",\"resource\":\"" + DEVICE
                + "\",\"namespaceSelector\":{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"default\"}}}]}");
        farm.until("vm", s -> s.waiting() != null && s.waiting().message().contains("1 WrongIsolation"));
        farm.client()
                .nodes()
                .withName("w")
                .subresource("status")
                .patch(MERGE, "{\"status\":{\"allocatable\":{\"" + DEVICE + "\":\"10\"}}}");
        var limits = farm.pod("vm", 1)
                .getSpec()
                .getContainers()
                .get(0)
                .getResources()
                .getLimits();
        assertThat(limits).containsKey(DEVICE);
    }

    private Condition valid() {
        var status = farm.client()
                .resources(DispatchPolicy.class)
                .withName(DispatchPolicy.NAME)
                .get()
                .getStatus();
        return status == null
                ? null
                : status.conditions().stream()
                        .filter(c -> c.type().equals(DispatchPolicyStatus.VALID))
                        .findFirst()
                        .orElse(null);
    }

    private void untilValid(boolean holds, String message) {
        await().until(
                        this::valid,
                        c -> c != null && c.holds() == holds && c.message().contains(message));
    }

    /** An API server refuses this one; what one took before the rule was there is still read. */
    @Test
    void aTolerationThatNoPodCanHaveFailsNoJob() {
        policy("{\"tolerations\":[{\"effect\":\"NoSchedule\"}]}");
        untilValid(false, "spec.tolerations[0].operator: operator must be Exists when key is empty");
        farm.job("early");
        var waiting = farm.until("early", s -> s.waiting() != null).waiting();
        assertThat(waiting.reason()).isEqualTo(Reason.InvalidPolicy);
        assertThat(waiting.message()).contains("spec.tolerations[0]");
        policy("{\"tolerations\":[{\"operator\":\"Exists\",\"effect\":\"NoSchedule\"}]}");
        farm.pod("early", 1);
        untilValid(true, "");
    }

    @Test
    void aPriorityClassThatIsNotThereIsWaitedFor() {
        policy("{\"priorityClassName\":\"builds\"}");
        untilValid(false, "there is no PriorityClass 'builds'");
        farm.job("early");
        assertThat(farm.until("early", s -> s.waiting() != null).waiting().reason())
                .isEqualTo(Reason.InvalidPolicy);
        farm.apply("""
            apiVersion: scheduling.k8s.io/v1
            kind: PriorityClass
            metadata: {name: builds}
            value: 1000
            """, PriorityClass.class);
        farm.pod("early", 1);
        untilValid(true, "");
    }

    /** What only the API server knows. */
    @Test
    void whatTheApiServerFindsWrongWithThePolicyIsToldThereAndFailsNoJob() {
        var refusing = farm.cluster()
                .faults()
                .failWhile(
                        r -> r.is(Verb.CREATE, "pods"),
                        422,
                        "Pod \"x-1\" is invalid: spec.tolerations[0].tolerationSeconds: Invalid value: \"NoSchedule\":"
                                + " no");
        farm.job("early");
        assertThat(farm.until("early", s -> s.waiting() != null && s.waiting().reason() == Reason.InvalidPolicy)
                        .waiting()
                        .message())
                .contains("spec.tolerations[0].tolerationSeconds");
        untilValid(false, "spec.tolerations[0].tolerationSeconds");
        farm.job("late");
        farm.until("late", s -> s.waiting() != null && s.waiting().reason() == Reason.InvalidPolicy);
        refusing.run();
        policy("{\"usageHalfLifeSeconds\":60}");
        farm.pod("early", 1);
        farm.pod("late", 1);
        untilValid(true, "");
    }

    /** The same of an environment: its jobs wait until it is another one, and it says why. */
    @Test
    void whatTheApiServerFindsWrongWithAnEnvironmentIsToldThereAndFailsNoJob() {
        farm.cluster()
                .faults()
                .failWhile(
                        r -> r.is(Verb.CREATE, "pods") && r.body().toString().contains("local.test/debian:12"),
                        422,
                        "Pod \"x-1\" is invalid: spec.containers[0].image: Invalid value: \"local.test/debian:12\":"
                                + " no");
        farm.job("early");
        assertThat(farm.until("early", s -> s.waiting() != null && s.waiting().reason() == Reason.InvalidEnvironment)
                        .waiting()
                        .message())
                .contains("BuildEnvironment 'debian'", "spec.containers[0].image");
        var environments = farm.client().resources(BuildEnvironment.class);
        await().until(() -> environments.withName("debian").get().getStatus().conditions().stream()
                .anyMatch(c -> c.type().equals(BuildEnvironmentStatus.VALID)
                        && !c.holds()
                        && c.message().contains("spec.containers[0].image")));
        environments.withName("debian").patch(MERGE, "{\"spec\":{\"image\":\"local.test/debian:13\"}}");
        farm.pod("early", 1);
        await().until(() -> environments.withName("debian").get().getStatus().conditions().stream()
                .anyMatch(c -> c.type().equals(BuildEnvironmentStatus.VALID) && c.holds()));
    }

    /** A LimitRange's default below what the job asks for. */
    @Test
    void whatTheNamespaceAddsIsNotTheJobsFault() {
        farm.cluster()
                .faults()
                .failWhile(
                        r -> r.is(Verb.CREATE, "pods"),
                        422,
                        "Pod \"x-1\" is invalid: spec.containers[0].resources.requests: Invalid value: \"4\": must be"
                                + " less than or equal to cpu limit of 500m");
        farm.job("early");
        assertThat(farm.until("early", s -> s.waiting() != null).waiting().reason())
                .isEqualTo(Reason.QuotaExceeded);
    }

    @Test
    void aUserNamespaceIsThePodsOwn() {
        policy("{\"isolation\":[{\"name\":\"UserNamespace\",\"namespaceSelector\":{}}]}");
        farm.job("apart", "requires: {isolation: UserNamespace}");
        // Nor does it start before the container runtime has it.
        farm.until("apart", s -> s.waiting() != null && s.waiting().message().contains("1 WrongIsolation"));
        farm.client()
                .nodes()
                .withName("w")
                .subresource("status")
                .patch(MERGE, "{\"status\":{\"runtimeHandlers\":[{\"features\":{\"userNamespaces\":true}}]}}");
        assertThat(farm.pod("apart", 1).getSpec().getHostUsers()).isFalse();
    }

    @Test
    void aDeletedPolicyIsToldAndTheDefaultsAreInForce() {
        farm.operatorEnds();
        policy("{\"defaults\":{\"memory\":{\"base\":\"900Gi\"}}}");
        farm.withOperator().job("large");
        farm.until("large", s -> s.waiting() != null && s.waiting().reason() == Reason.NoWorkerFits);
        farm.client()
                .resources(DispatchPolicy.class)
                .withName(DispatchPolicy.NAME)
                .delete();
        farm.pod("large", 1);
        var event = await().until(this::deletion, Objects::nonNull);
        assertThat(event.getType()).isEqualTo("Warning");
        assertThat(event.getInvolvedObject().getKind()).isEqualTo("DispatchPolicy");
    }

    @Test
    void workersOfWhichNothingIsKnownAreCountedWhateverThePolicyIs() {
        farm.apply("""
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildWorker
            metadata: {name: mute}
            spec: {}
            """, BuildWorker.class);
        // Seen later, it would be told in other words for the same reason, which wait for half a minute.
        farm.untilWorker(
                "mute",
                w -> w.getStatus() != null
                        && Farm.reason(w, BuildWorkerStatus.SCHEDULABLE).equals("NodeMissing"));
        farm.job("early", "requires: {hostArch: [s390x]}");
        var said = farm.until("early", s -> s.waiting() != null).waiting().message();
        assertThat(said).contains("1 NodeMissing");
        policy("{\"modePenaltyPercent\":{\"Compat\":120}}");
        farm.job("late", "requires: {hostArch: [s390x]}");
        assertThat(farm.until("late", s -> s.waiting() != null).waiting().message())
                .isEqualTo(said);
    }

    private Event deletion() {
        return farm.client().v1().events().inAnyNamespace().list().getItems().stream()
                .filter(e -> e.getReason().equals("PolicyDeleted"))
                .findFirst()
                .orElse(null);
    }

    private void policy(String spec) {
        farm.client()
                .resources(DispatchPolicy.class)
                .withName(DispatchPolicy.NAME)
                .patch(MERGE, "{\"spec\":" + spec + "}");
    }
}
