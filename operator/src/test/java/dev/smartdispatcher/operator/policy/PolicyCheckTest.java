package dev.smartdispatcher.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.policy.DispatchPolicySpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyCheckTest {
    private static DispatchPolicySpec policy(String yaml) {
        return Serialization.unmarshal("--- {" + yaml + "}", DispatchPolicySpec.class);
    }

    @Test
    void theStandardIsRight() {
        assertThat(PolicyCheck.problems(DispatchPolicySpec.STANDARD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tolerations: [{effect: NoSchedule}] | spec.tolerations[0].operator: operator must be Exists when key"
                        + " is empty",
                "tolerations: [{operator: Exists}, {}] | spec.tolerations[1].operator: operator must be Exists when"
                        + " key is empty",
                "tolerations: [{key: a, operator: Exists, value: b}] | spec.tolerations[0].value: value must be empty"
                        + " when operator is Exists",
                "tolerations: [{key: a b}] | spec.tolerations[0].key: 'a b' is not a valid label key",
                "tolerations: [{key: Example.com/a}] | spec.tolerations[0].key: 'Example.com/a' is not a valid label key",
                "tolerations: [{key: a, value: -b}] | spec.tolerations[0].value: '-b' is not a valid label value",
                "tenants: [{namespaceSelector: {matchLabels: {a b: c}}}] | spec.tenants[0].namespaceSelector: 'a b' is"
                        + " not a valid label key",
                "tenants: [{namespaceSelector: {matchLabels: {a: c d}}}] | spec.tenants[0].namespaceSelector: 'c d' is"
                        + " not a valid label value",
                "tenants: [{namespaceSelector: {matchLabels: {a: b}, matchExpressions: [{key: a, operator:"
                        + " DoesNotExist}]}}] | spec.tenants[0].namespaceSelector: no namespace can satisfy all of its"
                        + " terms",
                "nodeLabels: [zone, a b] | spec.nodeLabels[1]: 'a b' is not a valid label key",
                "isolation: [{name: Chroot, namespaceSelector: {}}, {name: Chroot, namespaceSelector: {}}] |"
                        + " spec.isolation[1].name: Chroot is listed twice",
                "defaults: {memory: {base: '0'}} | spec.defaults.memory.base: must be positive",
                "defaults: {memory: {perProcess: '-1'}} | spec.defaults.memory.perProcess: must not be negative",
                "defaults: {disk: {size: 9Ei}} | spec.defaults.disk.size: ",
            })
    void aProblemIsNamedWithItsField(String yaml, String problem) {
        assertThat(PolicyCheck.problems(policy(yaml)))
                .singleElement()
                .asString()
                .startsWith(problem);
    }

    /** Whoever has a selector wrong keeps nobody from building. */
    @Test
    void onlyWhatPodsAreRefusedForKeepsJobs() {
        assertThat(PolicyCheck.ofPods(policy("tolerations: [{effect: NoSchedule}]")))
                .hasSize(1);
        assertThat(PolicyCheck.ofPods(policy("tenants: [{namespaceSelector: {matchLabels: {a: c d}}}]")))
                .isEmpty();
    }
}
