package dev.smartdispatcher.operator.attempt.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountEventsTest {
    private static final Pod POD = Serialization.unmarshal("""
        apiVersion: v1
        kind: Pod
        metadata: {name: p, uid: u-1}
        spec:
          containers: [{name: build, image: debian}]
          volumes:
          - {name: smart-dispatcher-lists, configMap: {name: lists-4f1c}}
          - {name: k, secret: {secretName: keys}}
        """, Pod.class);

    private static Event event(String uid, String reason, String time, String message) {
        return Serialization.unmarshal(
                "--- {apiVersion: v1, kind: Event, metadata: {name: e}, involvedObject: {uid: " + uid + "}, reason: "
                        + reason + ", " + time + ", message: '" + message.replace("'", "''") + "'}",
                Event.class);
    }

    private static Event failed(String time, String message) {
        return event("u-1", "FailedMount", "lastTimestamp: '2026-01-01T12:00:" + time + "Z'", message);
    }

    /** The words of kubelets of 1.30 to 1.36. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "MountVolume.SetUp failed for volume \"k\" : secret \"keys\" not found | SecretNotFound | keys",
                "MountVolume.SetUp failed for volume \"c\" : configmap \"settings\" not found | ConfigMapNotFound |"
                        + " settings",
                "MountVolume.SetUp failed for volume \"k\" : references non-existent secret key: id_rsa | FailedMount |"
                        + " -",
                "MountVolume.SetUp failed for volume \"pv-1\" : mount failed: exit status 32 | FailedMount | -",
                "Unable to attach or mount volumes: timed out waiting for the condition | FailedMount | -",
                // The operator makes it again.
                "MountVolume.SetUp failed for volume \"l\" : configmap \"lists-4f1c\" not found | FailedMount | -",
            })
    void theEventSaysWhatIsInTheWay(String message, Reason reason, String object) {
        assertThat(MountEvents.obstacle(POD, List.of(failed("00", message)))).hasValueSatisfying(obstacle -> {
            assertThat(obstacle.reason()).isEqualTo(reason);
            assertThat(obstacle.object()).isEqualTo(object);
            assertThat(obstacle.message()).endsWith(message);
        });
    }

    @Test
    void whatIsMissingCountsMoreThanWhatIsNewer() {
        var missing = failed("01", "MountVolume.SetUp failed for volume \"k\" : secret \"keys\" not found");
        var older = failed("00", "mount failed: exit status 1");
        var newer = failed("02", "mount failed: exit status 32");
        assertThat(MountEvents.obstacle(POD, List.of(older, missing, newer)))
                .hasValueSatisfying(o -> assertThat(o.object()).isEqualTo("keys"));
        assertThat(MountEvents.obstacle(POD, List.of(newer, older)))
                .hasValueSatisfying(o -> assertThat(o.message()).isEqualTo("mount failed: exit status 32"));
    }

    @Test
    void anEventOfAnotherPodOrOfAnotherKindTellsNothing() {
        var words = "MountVolume.SetUp failed for volume \"k\" : secret \"keys\" not found";
        var time = "eventTime: '2026-01-01T12:00:00.000000Z'";
        assertThat(MountEvents.obstacle(POD, List.of())).isEmpty();
        assertThat(MountEvents.obstacle(POD, List.of(event("u-2", "FailedMount", time, words))))
                .isEmpty();
        assertThat(MountEvents.obstacle(POD, List.of(event("u-1", "Scheduled", time, words))))
                .isEmpty();
        assertThat(MountEvents.obstacle(POD, List.of(failed("00", " ")))).isEmpty();
        assertThat(MountEvents.obstacle(POD, List.of(event("u-1", "FailedMount", time, words))))
                .isPresent();
    }
}
