package dev.smartdispatcher.operator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.demand.Requires;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecCheckTest {
    private static BuildJobSpec spec(String more) {
        var yaml = "--- {targetArch: x86_64, environment: e" + (more.isEmpty() ? "" : ", " + more) + "}";
        return Serialization.unmarshal(yaml, BuildJobSpec.class);
    }

    @Test
    void anOrdinarySpecIsValid() {
        assertThat(SpecCheck.problems("ok", spec(""))).isEmpty();
        assertThat(SpecCheck.problems("ok", spec("parallelism: {max: 4}, retry: {onFailure: 2}")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "targetArch: arm64 | spec.targetArch: 'arm64' is another system's name: use 'aarch64'",
                "targetArch: vax | spec.targetArch: 'vax' is not an architecture: use one of x86_64, i586, aarch64,"
                        + " armv7l, ppc64le, s390x, riscv64, ppc64, armv6l, loongarch64",
                "parallelism: {min: 4, max: 2} | spec.parallelism.max: parallelism.max must not be smaller than"
                        + " parallelism.min",
                "resources: {cpuPerProcess: '0'} | spec.resources.cpuPerProcess: cpuPerProcess must be positive",
                "resources: {memory: {base: '-1'}} | spec.resources.memory: memory.base must be positive and"
                        + " memory.perProcess must not be negative",
                "resources: {disk: {size: '0'}} | spec.resources.disk: disk.size must be positive",
                "requires: {hostArch: [amd64]} | spec.requires.hostArch: requires.hostArch must hold names of x86_64,"
                        + " i586, aarch64, armv7l, ppc64le, s390x, riscv64, ppc64, armv6l, loongarch64 only",
                "requires: {cpuFlags: {all: [a], none: [a]}} | spec.requires.cpuFlags: cpuFlags.all and cpuFlags.none"
                        + " must not share a flag",
                "requires: {workerSelector: {matchLabels: {a: b}, matchExpressions: [{key: a, operator:"
                        + " DoesNotExist}]}} | spec.requires.workerSelector: requires.workerSelector must not ask for a"
                        + " label in matchLabels and forbid it in matchExpressions",
                "requires: {workerSelector: {matchExpressions: [{key: a, operator: DoesNotExist}, {key: a, operator:"
                        + " Exists}]}} | spec.requires.workerSelector.matchExpressions:"
                        + " requires.workerSelector.matchExpressions must not ask for a label and forbid it",
                "requires: {kernel: {minVersion: '6.1.rc2', maxVersion: '6.1.rc1'}} | spec.requires.kernel.maxVersion:"
                        + " kernel.maxVersion must not be older than kernel.minVersion",
                "requires: {workerSelector: {matchExpressions: [{key: a, operator: In}]}} |"
                        + " spec.requires.workerSelector.matchExpressions: values must be set for In and NotIn, and only"
                        + " for them",
                "retry: {onFailure: 15} | spec.retry: the sum of retry.onWorkerLost, retry.onOutOfResources and"
                        + " retry.onFailure must not exceed 19",
                "volumes: [{name: a}] | spec.volumes: exactly one of persistentVolumeClaim, configMap, secret and"
                        + " emptyDir must be set",
                "volumes: [{name: a, emptyDir: {sizeLimit: '-1'}}] | spec.volumes: emptyDir.sizeLimit must not be"
                        + " negative",
                "volumes: [{name: a, emptyDir: {sizeLimit: '9e99999999999'}}] | spec.volumes: '9e99999999999' is no"
                        + " quantity, as 512Mi, 1500m or 2e9",
                "volumes: [{name: a, emptyDir: {sizeLimit: '9e99'}}] | spec.volumes: quantity 9e99 exceeds the"
                        + " maximum of 4Pi",
                "resources: {memory: {base: '1e-4000000'}} | spec.resources.memory: '1e-4000000' is no quantity, as"
                        + " 512Mi, 1500m or 2e9",
                "resources: {cpuPerProcess: '1e-99'} | spec.resources.cpuPerProcess: quantity 1e-99 is smaller than 1n"
                        + " and not 0",
                "volumeMounts: [{name: a, mountPath: /a}] | spec.volumeMounts: every volumeMounts.name must be the"
                        + " name of one of the volumes",
                "volumes: [{name: a, emptyDir: {}}], volumeMounts: [{name: a, mountPath: /run}] |"
                        + " spec.volumeMounts.mountPath: mountPath must have no empty part and no part '.' or '..', must"
                        + " not be /build, /tmp, /run, /var/run or /dev, and not be at or below /smart-dispatcher,"
                        + " /run/smart-dispatcher or /dev/termination-log: the operator mounts its own there",
                "envFrom: [{prefix: A}] | spec.envFrom: exactly one of configMapRef and secretRef must be set",
            })
    void aBrokenRuleIsNamedWithItsField(String yaml, String problem) {
        var spec = yaml.startsWith("targetArch")
                ? Serialization.unmarshal("--- {environment: e, " + yaml + "}", BuildJobSpec.class)
                : spec(yaml);
        assertThat(SpecCheck.problems("job", spec)).containsExactly(problem);
    }

    @Test
    void moreTextThanAJobMayHaveIsRefused() {
        var most = BuildJobSpec.MOST_BYTES / 2;
        assertThat(SpecCheck.problems("job", spec("args: ['" + "é".repeat(most) + "']")))
                .isEmpty();
        assertThat(SpecCheck.problems("job", spec("args: ['" + "é".repeat(most) + "', x]")))
                .containsExactly("spec: " + BuildJobSpec.SIZE);
    }

    /** In characters, whatever their bytes; the keys of labels have no bound of their own. */
    @Test
    void moreTextThanRequirementsMayHaveIsRefused() {
        var beside = "cpuFlags: {all: [sse], none: [vme]}, workerSelector: {matchExpressions: [{key: key, operator: In,"
                + " values: [one, two]}], matchLabels: {a: b, ? '%s' : c}}";
        var most = "é".repeat(Requires.MOST_TEXT - "ssevmekeyonetwoabc".length());
        assertThat(SpecCheck.problems("job", spec("requires: {" + beside.formatted(most) + "}")))
                .isEmpty();
        assertThat(SpecCheck.problems("job", spec("requires: {" + beside.formatted(most + "x") + "}")))
                .containsExactly("spec.requires: " + Requires.SIZE);
    }

    @Test
    void aLongNameIsRefused() {
        assertThat(SpecCheck.problems("x".repeat(53), spec("")))
                .containsExactly("metadata.name: metadata.name must be at most 52 characters");
    }

    @Test
    void noSpecAtAllIsRefused() {
        assertThat(SpecCheck.problems("job", null)).containsExactly("spec: must be set");
    }
}
