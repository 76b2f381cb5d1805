package dev.smartdispatcher.agent.probe.isolation;

import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.api.worker.facts.Isolation;

/** A container: every node of a cluster has it, so there is nothing to try. */
public final class ContainerProbe implements Probe {
    @Override
    public String name() {
        return "container";
    }

    @Override
    public Finding look() {
        return draft -> draft.isolation(Isolation.Container);
    }
}
