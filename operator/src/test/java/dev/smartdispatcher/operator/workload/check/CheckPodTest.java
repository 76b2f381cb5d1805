package dev.smartdispatcher.operator.workload.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Labels;
import dev.smartdispatcher.api.check.WorkerCheckSpecBuilder;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.api.policy.DispatchPolicySpec;
import dev.smartdispatcher.operator.check.CheckDefinition;
import dev.smartdispatcher.operator.check.CheckRunMark;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.worker.node.PodRequests;
import dev.smartdispatcher.operator.workload.EvictionGuard;
import dev.smartdispatcher.operator.workload.pod.AttemptPod;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckPodTest {
    private static final String NAMESPACE = "smart-dispatcher";
    private static final DispatchPolicySpec POLICY = Serialization.unmarshal("""
            isolation: [{name: KVM, resource: devices.kubevirt.io/kvm, namespaceSelector: {}}]
            tolerations: [{key: builds, operator: Exists}]
            defaults: {checkImage: "local.test/check:1"}
            """, DispatchPolicySpec.class);

    private static CheckDefinition check(JobIsolation isolation) {
        var spec = WorkerCheckSpecBuilder.builder()
                .script("test -e /dev/loop0")
                .timeoutSeconds(60)
                .isolation(isolation)
                .build();
        return CheckDefinition.of("loop", "uid-of-check", 3, spec, List.of());
    }

    private static Pod pod(JobIsolation isolation, boolean asked) {
        return CheckPod.of(CheckPodRequest.of(
                NAMESPACE, check(isolation), new CheckRunMark(7, 3, asked), "w", "uid-of-worker", POLICY));
    }

    @Test
    void itRunsOnItsWorkerWithNoRightsAndWritesNowhereElse() {
        var pod = pod(JobIsolation.Container, false);
        var spec = pod.getSpec();
        var container = spec.getContainers().get(0);
        assertThat(pod.getMetadata().getName()).matches("check-[0-9a-f]{12}-7");
        assertThat(spec.getAutomountServiceAccountToken()).isFalse();
        assertThat(spec.getSecurityContext().getRunAsUser()).isEqualTo(65533);
        assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getSecurityContext().getCapabilities().getAdd()).isEmpty();
        assertThat(container.getImage()).isEqualTo("local.test/check:1");
        assertThat(spec.getActiveDeadlineSeconds()).isEqualTo(180);
        assertThat(spec.getVolumes())
                .allSatisfy(volume ->
                        assertThat(volume.getEmptyDir().getSizeLimit()).isNotNull());
        assertThat(spec.getTolerations()).noneMatch(t -> t.getKey().endsWith("unschedulable"));
        assertThat(CheckRunMark.of(pod)).contains(new CheckRunMark(7, 3, false));
    }

    /** A kubelet expands arguments. */
    @Test
    void itsScriptIsRunAsItIsWritten() {
        var spec =
                WorkerCheckSpecBuilder.builder().script("echo $$ $(HOME) $HOME").build();
        var container = CheckPod.of(CheckPodRequest.of(
                        NAMESPACE,
                        CheckDefinition.of("loop", "uid-of-check", 3, spec, List.of()),
                        new CheckRunMark(7, 3, false),
                        "w",
                        "uid-of-worker",
                        POLICY))
                .getSpec()
                .getContainers()
                .get(0);
        assertThat(container.getArgs()).last().isEqualTo("echo $$$$ $$(HOME) $$HOME");
        assertThat(container.getCommand().get(2)).isEqualTo(CheckScript.TEXT.replace("$", "$$"));
    }

    @Test
    void itTakesTheRoomThatIsKeptForIt() {
        assertThat(PodRequests.of(pod(JobIsolation.Container, false)))
                .contains(check(JobIsolation.Container).room())
                .contains(new Room(10, 64 << 20, 64 << 20, 1));
    }

    @Test
    void itIsNoBuild() {
        var pod = pod(JobIsolation.Container, false);
        assertThat(AttemptPod.of(pod)).isEmpty();
        assertThat(EvictionGuard.SELECTOR.getMatchExpressions())
                .extracting(e -> e.getKey())
                .contains(Labels.JOB_UID);
        assertThat(pod.getMetadata().getLabels()).doesNotContainKey(Labels.JOB_UID);
    }

    @Test
    void itHasWhatAJobWithTheIsolationGets() {
        var guest = pod(JobIsolation.KVM, false).getSpec();
        assertThat(guest.getContainers().get(0).getResources().getLimits())
                .containsEntry("devices.kubevirt.io/kvm", new Quantity("1"));
        var chroot = pod(JobIsolation.Chroot, false).getSpec();
        assertThat(chroot.getHostUsers()).isFalse();
        assertThat(chroot.getSecurityContext().getRunAsUser()).isZero();
        assertThat(chroot.getContainers()
                        .get(0)
                        .getSecurityContext()
                        .getCapabilities()
                        .getAdd())
                .contains("SYS_CHROOT");
        assertThat(pod(JobIsolation.UserNamespace, false).getSpec().getHostUsers())
                .isFalse();
    }

    @Test
    void oneThatIsAskedForRunsOnACordonedNodeToo() {
        assertThat(pod(JobIsolation.Container, true).getSpec().getTolerations())
                .anyMatch(t -> t.getKey().equals("node.kubernetes.io/unschedulable"));
    }

    @Test
    void labelsAloneMakeNoCheck() {
        var pod = pod(JobIsolation.Container, false);
        assertThat(CheckPod.isOne(pod, NAMESPACE)).isTrue();
        assertThat(CheckPod.isOne(pod, "elsewhere")).isFalse();
        assertThat(CheckPod.isOne(
                        new PodBuilder(pod)
                                .editMetadata()
                                .withOwnerReferences(List.of())
                                .endMetadata()
                                .build(),
                        NAMESPACE))
                .isFalse();
        assertThat(CheckPod.isOne(
                        new PodBuilder(pod)
                                .editMetadata()
                                .addToLabels(Labels.CHECK_UID, "another")
                                .endMetadata()
                                .build(),
                        NAMESPACE))
                .isFalse();
    }
}
