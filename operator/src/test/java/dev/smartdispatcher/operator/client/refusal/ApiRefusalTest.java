package dev.smartdispatcher.operator.client.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.client.refusal.ApiRefusal.Cause;
import dev.smartdispatcher.operator.client.refusal.ApiRefusal.Verb;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** A webhook that fails lets nothing be stored. */
    @ParameterizedTest
    @CsvSource({
        "0, Connection reset, true",
        "408, request did not complete, true",
        "500, Internal error occurred: etcdserver: leader changed, true",
        "500, Internal error occurred: failed calling webhook \"v.example\", false",
        "503, the server is currently unable to handle the request, true",
        "504, request did not complete within the allotted timeout, true",
        "401, Unauthorized, false",
        "403, exceeded quota: builds, false",
        "409, already exists, false",
        "422, the pod is invalid, false",
        "429, too many requests, false"
    })
    void whatIsNotAnsweredMayBeDone(int code, String message, boolean mayBeDone) {
        assertThat(new ApiRefusal(Verb.Create, "pods", code, "", message, Set.of()).mayBeDone())
                .isEqualTo(mayBeDone);
    }
}
