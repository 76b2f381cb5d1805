package dev.smartdispatcher.agent.publish;

import dev.smartdispatcher.api.worker.facts.AgentFacts;
import java.time.Instant;
import java.util.Optional;

/** The two writes that the agent makes. */
public interface WorkerApi {
    /** Creates the worker with an empty spec. That it exists already is fine. */
    void create(String name) throws ApiException;

    /**
     * Makes {@code facts} the worker's {@code status.agent}, and touches nothing else of it.
     *
     * @return whether there is such a worker; if not, nothing was written
     */
    boolean apply(String name, AgentFacts facts) throws ApiException;

    /** By the API server's clock, when it noted the facts that were applied last, in whole seconds; empty if it reported nothing. */
    Optional<Instant> noted();
}
