package dev.smartdispatcher.e2e.operator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.PackagesStatus;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.farm.Edits;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import dev.smartdispatcher.e2e.operator.harness.LatePods;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A BuildEnvironment that is edited after an attempt is recorded and before its pod is made: the status says what the pod is. */
@ExtendWith(HarnessExtension.class)
class EditedEnvironmentTest {
    private static final String NEW_IMAGE = "local.test/debian:13";
    private static final String NO_RETRY = "retry: {onWorkerLost: 0, onOutOfResources: 0, onFailure: 0}";

    private final Harness farm;
    /** How often the operator has asked for a pod in vain. */
    private final AtomicInteger asked = new AtomicInteger();

    private Runnable acceptPods = () -> {};

    EditedEnvironmentTest(Harness farm) {
        this.farm = farm;
        farm.worker("w", 1);
        farm.withOperator();
    }

    @Test
    void theAttemptIsTakenBackAndTheNextOneHasTheNewPlan() {
        var recorded = recordedWithoutPod();
        edit();
        acceptPods.run();
        completesWithNewPlan(recorded);
        await().untilAsserted(() -> assertThat(farm.client()
                        .v1()
                        .events()
                        .inNamespace(farm.namespace())
                        .list()
                        .getItems())
                .anySatisfy(event -> {
                    assertThat(event.getReason()).isEqualTo(Reason.EnvironmentChanged.name());
                    assertThat(event.getMessage()).contains("attempt 1", "'debian'");
                }));
    }

    @Test
    void soItIsWhenTheOperatorRestartsInBetween() {
        var recorded = recordedWithoutPod();
        farm.operatorEnds();
        edit();
        acceptPods.run();
        farm.withOperator();
        completesWithNewPlan(recorded);
    }

    /** The request of a deposed leader may arrive when the attempt of that number is recorded anew. */
    @Test
    void aLatePodOfTheOldPlanIsNotTheAttempts() {
        farm.job("j", NO_RETRY);
        var old = farm.pod("j", 1);
        var recorded = farm.status("j").packages();
        farm.operatorEnds();
        farm.kubelet().gone(old);
        edit();
        refusePods();
        farm.withOperator();
        farm.until("j", s -> s.packages() != null && !s.packages().equals(recorded));
        LatePods.create(farm, old, "w");
        acceptPods.run();
        var late = farm.pod("j", 1);
        farm.kubelet().running(late);
        farm.untilDeleted(late);
        farm.kubelet().gone(late);
        completesWithNewPlan(recorded);
    }

    private void refusePods() {
        acceptPods = farm.faults().failWhile(this::asksForPod, 503);
    }

    private boolean asksForPod(ApiRequest request) {
        boolean asks = request.is(Verb.CREATE, "pods") && request.userAgent().equals(Harness.OPERATOR);
        if (asks) {
            asked.incrementAndGet();
        }
        return asks;
    }

    /** A job's attempt is recorded, and the API server does not take its pod. */
    private PackagesStatus recordedWithoutPod() {
        refusePods();
        farm.job("j", NO_RETRY);
        await().until(() -> asked.get() > 0);
        return farm.until("j", s -> s.liveAttempt().isPresent()).packages();
    }

    private void edit() {
        Edits.edit(farm.client().resources(BuildEnvironment.class).withName("debian"), environment -> {
            environment.setSpec(Serialization.unmarshal(
                    "--- {image: \"" + NEW_IMAGE + "\", packages: {install: [gcc]}}", BuildEnvironmentSpec.class));
            return environment;
        });
    }

    private void completesWithNewPlan(PackagesStatus before) {
        var pod = await().until(() -> farm.pod("j", 1), p -> p.getMetadata().getDeletionTimestamp() == null);
        assertThat(pod.getSpec().getContainers().get(0).getImage()).isEqualTo(NEW_IMAGE);
        var recorded = farm.status("j").packages();
        assertThat(recorded.digest()).isNotEqualTo(before.digest());
        assertThat(recorded.summary()).startsWith("1 to install");
        assertThat(pod.getSpec().getVolumes())
                .filteredOn(volume -> volume.getConfigMap() != null)
                .extracting(volume -> volume.getConfigMap().getName())
                .contains(recorded.configMap());
        assertThat(pod.getMetadata().getAnnotations()).containsEntry(Annotations.PLAN, recorded.plan());
        farm.kubelet().ended(pod, 0);
        var status = farm.until("j", BuildJobStatus::finished);
        assertThat(status.holds(BuildJobStatus.COMPLETE)).isTrue();
        assertThat(status.attempts()).singleElement().satisfies(a -> assertThat(a.number())
                .isOne());
    }
}
