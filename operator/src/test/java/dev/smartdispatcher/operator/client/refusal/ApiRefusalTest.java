package dev.smartdispatcher.operator.client.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.client.refusal.ApiRefusal.Cause;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which fields a refusal names. */
class ApiRefusalTest {
    @Test
    void theApiServersOwnSentenceNamesFields() {
        assertThat(ApiRefusal.causes(
                        List.of(),
                        "Pod \"zlib-1\" is invalid: [spec.tolerations[0].operator: Invalid value: \"Equal\","
                                + " spec.priority: Forbidden: must not be set]"))
                .extracting(Cause::path)
                .containsExactly("spec.tolerations[0].operator", "spec.priority");
    }

    /** They repeat the image, as it was written by a job that wants all others to wait for the policy. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pods \"a\" is forbidden: ValidatingAdmissionPolicy 'images' with binding 'b' denied request: not from"
                        + " here: x, spec.tolerations[0].effect: Invalid value",
                "admission webhook \"images\" denied the request: Pod \"a\" is invalid: spec.tolerations[0].effect:"
                        + " Invalid value"
            })
    void whatOthersQuoteNamesNone(String message) {
        assertThat(ApiRefusal.causes(List.of(), message)).isEmpty();
    }
}
