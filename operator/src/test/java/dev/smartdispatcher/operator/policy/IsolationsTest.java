package dev.smartdispatcher.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.api.policy.IsolationRule;
import dev.smartdispatcher.api.worker.facts.Isolation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IsolationsTest {
    private static final LabelSelector ALL = new LabelSelector(null, null);
    private static final LabelSelector TRUSTED = new LabelSelector(Map.of("trust", "high"), null);
    private static final String DEVICE = "devices.kubevirt.io/kvm";
    private static final List<Isolation> EVERYTHING = List.of(Isolation.values());

    private final Isolations isolations = new Isolations(List.of(
            new IsolationRule(JobIsolation.KVM, DEVICE, TRUSTED), new IsolationRule(JobIsolation.Chroot, null, ALL)));

    @Test
    void beyondContainerARuleHasToSelectTheNamespace() {
        assertThat(isolations.refusal(JobIsolation.Container, "a", Map.of())).isEmpty();
        assertThat(isolations.refusal(JobIsolation.Chroot, "a", Map.of())).isEmpty();
        assertThat(isolations.refusal(JobIsolation.KVM, "a", Map.of("trust", "high")))
                .isEmpty();
        assertThat(isolations.refusal(JobIsolation.KVM, "a", Map.of()))
                .contains("the policy's spec.isolation does not allow the namespace 'a' the requires.isolation KVM");
        assertThat(isolations.refusal(JobIsolation.UserNamespace, "a", Map.of()))
                .contains("requires.isolation UserNamespace is not in the policy's spec.isolation");
    }

    @Test
    void aWorkerGivesWhatWorksThereAndHasARule() {
        assertThat(isolations.givenBy(EVERYTHING, Set.of(DEVICE), true))
                .containsExactlyInAnyOrder(JobIsolation.Container, JobIsolation.Chroot, JobIsolation.KVM);
        assertThat(isolations.givenBy(List.of(), Set.of(DEVICE), true)).containsExactly(JobIsolation.Container);
    }

    @Test
    void aDeviceThatTheNodeDoesNotOfferIsNotGiven() {
        assertThat(isolations.givenBy(EVERYTHING, Set.of(), true)).doesNotContain(JobIsolation.KVM);
        assertThat(isolations.device(JobIsolation.KVM)).contains(DEVICE);
        assertThat(isolations.device(JobIsolation.Chroot)).isEmpty();
    }

    @Test
    void aChangeOfRootTakesAUserNamespace() {
        assertThat(isolations.givenBy(EVERYTHING, Set.of(), false)).doesNotContain(JobIsolation.Chroot);
        assertThat(isolations.givenBy(List.of(Isolation.Chroot), Set.of(), true))
                .doesNotContain(JobIsolation.Chroot);
    }
}
