package dev.smartdispatcher.e2e.chaos.scenario;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests of the harness itself, for which the API server may be away. */
final class Quietly {
    private static final Logger LOG = LoggerFactory.getLogger(Quietly.class);
    private static final int TRIES = 60;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private Quietly() {}

    /** Once; whether it was done. */
    static boolean once(Runnable request) {
        try {
            request.run();
            return true;
        } catch (KubernetesClientException e) {
            LOG.atDebug().setCause(e).log("refused");
            return false;
        }
    }

    /**
     * Until it is done.
     *
     * @throws IllegalStateException if it still is not after half a minute
     */
    static void surely(Runnable request) {
        KubernetesClientException last = null;
        for (int i = 0; i < TRIES; i++) {
            try {
                request.run();
                return;
            } catch (KubernetesClientException e) {
                last = e;
                pause(PAUSE);
            }
        }
        throw new IllegalStateException("the API server does not take what the harness has to do", last);
    }

    static void pause(Duration length) {
        try {
            Thread.sleep(length.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
