package dev.smartdispatcher.operator.client.refusal;

import dev.smartdispatcher.api.Reason;
import java.util.Optional;

/** What is to be done about a refusal. */
public enum RefusalKind {
    /** The object is there: it was created before, perhaps by a request whose answer was lost. */
    AlreadyThere,
    /** The object is another by now, or gone: look again, and decide anew. */
    Overtaken,
    /**
     * The API server could not do it, or not judge it, now: the request is repeated. It does not object to the object, unless it
     * refuses again and again.
     */
    AskAgain(Reason.ApiServerError),
    /** The operator lacks a right. An API server that has just started refuses everybody so, until it has read the roles. */
    NotAuthorized(Reason.NotAuthorized),
    /** Quota or limit range of the namespace: its jobs wait. */
    QuotaExceeded(Reason.QuotaExceeded),
    /** A webhook, an admission policy or Pod Security denies it in this namespace: its jobs wait. */
    AdmissionDenied(Reason.AdmissionDenied),
    /** Something that comes from the DispatchPolicy is wrong: all jobs wait until it is mended. */
    InvalidPolicy(Reason.InvalidPolicy),
    /** Something that comes from the DispatchPolicy is not permitted in this namespace: its jobs wait. */
    PolicyNotPermitted(Reason.InvalidPolicy),
    /** Something that comes from the BuildEnvironment is wrong: its jobs wait until it is mended. */
    InvalidEnvironment(Reason.InvalidEnvironment),
    /** It cannot be on this worker: the job goes to another one. */
    WrongWorker(Reason.StartFailed),
    /** This one object is too large to be stored: its job waits. */
    TooLarge(Reason.ApiServerError),
    /** The job's own spec is wrong: it fails. */
    InvalidSpec(Reason.InvalidSpec);

    private final Optional<Reason> reason;

    RefusalKind() {
        reason = Optional.empty();
    }

    RefusalKind(Reason reason) {
        this.reason = Optional.of(reason);
    }

    /** The reason of a job that waits or fails for it. There is none for kinds that lead to neither. */
    public Reason reason() {
        return reason.orElseThrow();
    }
}
