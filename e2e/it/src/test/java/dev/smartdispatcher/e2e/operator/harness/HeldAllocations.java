package dev.smartdispatcher.e2e.operator.harness;

import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.e2e.embedded.request.Verb;
import java.util.concurrent.atomic.AtomicBoolean;

/** No allocation gets into a job's status until it is closed: the API server does not take it. */
public final class HeldAllocations implements AutoCloseable {
    private final AtomicBoolean tried = new AtomicBoolean();
    private final Runnable end;

    public HeldAllocations(Harness farm) {
        end = farm.faults()
                .failWhile(
                        request -> {
                            boolean allocates = request.is(Verb.UPDATE, "buildjobs")
                                    && request.body().at("/status/allocation").isObject();
                            tried.compareAndSet(false, allocates);
                            return allocates;
                        },
                        503);
    }

    /** Returns when the operator has decided on one. */
    public void untilTried() {
        await().untilTrue(tried);
    }

    @Override
    public void close() {
        end.run();
    }
}
