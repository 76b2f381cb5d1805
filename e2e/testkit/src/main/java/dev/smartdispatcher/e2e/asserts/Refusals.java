package dev.smartdispatcher.e2e.asserts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions on requests that are refused. */
public final class Refusals {
    private Refusals() {}

    /** Asserts that {@code request} is refused with {@code status}; what follows is about the exception. */
    public static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(int status, ThrowingCallable request) {
        return assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).as(e.getMessage()).isEqualTo(status));
    }
}
