package dev.smartdispatcher.operator.worker;

import dev.smartdispatcher.api.worker.facts.AgentFacts;
import java.util.Map;
import java.util.TreeMap;

/**
 * The facts of a worker that {@code requires.facts} compares, by their names. Each source has a name, or a prefix, of its own, so
 * that none can speak for another.
 */
final class WorkerFacts {
    /** What the node's system runs on: {@code none}, or the hypervisor's name. */
    private static final String HYPERVISOR = "hypervisor";
    /** Before the name of a local fact. */
    private static final String LOCAL = "local.";

    private WorkerFacts() {}

    static Map<String, String> of(AgentFacts agent) {
        var facts = new TreeMap<String, String>();
        if (agent.hypervisor() != null) {
            facts.put(HYPERVISOR, agent.hypervisor());
        }
        agent.local().forEach((name, value) -> facts.put(LOCAL + name, value));
        return facts;
    }
}
