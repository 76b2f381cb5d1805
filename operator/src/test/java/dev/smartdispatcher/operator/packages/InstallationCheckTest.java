package dev.smartdispatcher.operator.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What contradicts itself is refused here too, for objects that an older definition accepted. */
class InstallationCheckTest {
    private static Iterable<String> problems(String spec) {
        return EnvironmentCheck.problems(
                Serialization.unmarshal("--- {image: i, " + spec + "}", BuildEnvironmentSpec.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "installer: None",
                "installer: Deb, repository: {image: r}",
                "installer: Rpm, root: Directory, resolve: Repository, repository: {persistentVolumeClaim: {claimName: p}}",
                "installer: ObsBuild, root: Directory, repository: {image: r, persistentVolumeClaim: {claimName: p}}",
                "pod: {labels: {app: a, example.com/app: ''}, annotations: {example.com/any: 'a b c'}}"
            })
    void whatFitsTogetherIsAccepted(String spec) {
        assertThat(problems(spec)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "installer: Deb ; spec.repository: repository must be set where installer is not None",
                "repository: {image: r} ; spec.repository: repository must not be set where installer is None",
                "root: Directory ; spec.root: root must be Image where installer is None",
                "resolve: Repository ; spec.resolve: resolve must be None where installer is None",
                "installer: ObsBuild, repository: {image: r} ; spec.root: root must be Directory where installer is ObsBuild",
                "installer: Rpm, repository: {} ; spec.repository: repository.persistentVolumeClaim or repository.image must be set",
                "pod: {labels: {a b: c}} ; spec.pod.labels: 'a b' is not a valid label key, such as app or example.com/app (at most 63 characters after the /)",
                "pod: {labels: {a: b/c}} ; spec.pod.labels: 'b/c' is not a valid label value: at most 63 letters, digits, -, _ and ., with a letter or digit at both ends",
                "pod: {annotations: {-a: b}} ; spec.pod.annotations: '-a' is not a valid label key, such as app or example.com/app (at most 63 characters after the /)"
            })
    void aContradictionIsNamedWithItsField(String spec, String problem) {
        assertThat(problems(spec)).containsExactly(problem);
    }
}
