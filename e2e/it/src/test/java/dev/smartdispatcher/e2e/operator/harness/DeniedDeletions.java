package dev.smartdispatcher.e2e.operator.harness;

import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import io.fabric8.kubernetes.api.model.Pod;

/** A webhook that does not let the operator delete pods, until it is closed. */
public final class DeniedDeletions implements AutoCloseable {
    private static final String SAYS = "admission webhook \"keep.example.org\" denied the request: pods are kept";

    private final Harness farm;
    private final Runnable end;

    public DeniedDeletions(Harness farm) {
        this.farm = farm;
        end = farm.faults()
                .failWhile(r -> r.userAgent().equals(Harness.OPERATOR) && r.is(Verb.DELETE, "pods"), 403, SAYS);
    }

    /** The pod's job has been told so by an Event. */
    public void untilTold(Pod pod) {
        await().until(() -> farm.client().v1().events().inNamespace(farm.namespace()).list().getItems().stream()
                .anyMatch(event -> event.getReason().equals(Reason.AdmissionDenied.name())
                        && event.getMessage().contains(pod.getMetadata().getName())
                        && event.getMessage().contains(SAYS)));
    }

    @Override
    public void close() {
        end.run();
    }
}
