package dev.smartdispatcher.operator.reconcile.job;

import dev.smartdispatcher.operator.refusal.ApiRefusal;

/** The API server does not write what an attempt needs. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ApiRefusal refusal;

    RefusedException(ApiRefusal refusal, Throwable cause) {
        super(refusal.message(), cause);
        this.refusal = refusal;
    }

    ApiRefusal refusal() {
        return refusal;
    }
}
