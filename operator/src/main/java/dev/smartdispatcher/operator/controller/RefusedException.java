package dev.smartdispatcher.operator.controller;

import dev.smartdispatcher.operator.client.refusal.ApiRefusal;

/** The API server does not write what an attempt needs. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ApiRefusal refusal;

    public RefusedException(ApiRefusal refusal, Throwable cause) {
        super(refusal.message(), cause);
        this.refusal = refusal;
    }

    public ApiRefusal refusal() {
        return refusal;
    }
}
