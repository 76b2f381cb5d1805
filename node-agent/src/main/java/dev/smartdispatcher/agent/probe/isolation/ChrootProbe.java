package dev.smartdispatcher.agent.probe.isolation;

import static dev.smartdispatcher.agent.kernel.TinyProgram.Call.CHROOT;
import static dev.smartdispatcher.agent.kernel.TinyProgram.Call.NEW_USER_NAMESPACE;

import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.api.worker.facts.Isolation;
import java.io.IOException;

/**
 * A change of root. Tried by a child process that changes its root to what it is; if that is refused, by one that first
 * enters a user namespace, where it needs no privilege of the host. Both run as the agent's user with the agent's
 * privileges: a build's container with fewer of them may still be refused.
 */
public final class ChrootProbe implements Probe {
    private final Trials trials;

    public ChrootProbe(Trials trials) {
        this.trials = trials;
    }

    @Override
    public String name() {
        return "chroot";
    }

    @Override
    public Finding look() throws IOException {
        boolean works = trials.succeeds(CHROOT) || trials.succeeds(NEW_USER_NAMESPACE, CHROOT);
        return works ? draft -> draft.isolation(Isolation.Chroot) : Finding.NOTHING;
    }
}
