package dev.smartdispatcher.e2e.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions on requests that are refused. */
public final class Refusals {
    private Refusals() {}

    /** Asserts that {@code request} is refused with {@code status}; the answer is about the exception. */
    public static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(int status, ThrowingCallable request) {
        return assertThatThrownBy(request)
                .isInstanceOf(KubernetesClientException.class)
                .extracting(e -> (KubernetesClientException) e)
                .satisfies(e -> org.assertj.core.api.Assertions.assertThat(e.getCode())
                        .as(e.getMessage())
                        .isEqualTo(status))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.THROWABLE);
    }
}
