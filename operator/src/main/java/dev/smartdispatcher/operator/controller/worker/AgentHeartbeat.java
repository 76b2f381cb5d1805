package dev.smartdispatcher.operator.controller.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the operator saw of a worker's agent.
 *
 * @param uid the worker's; another one of the same name is another
 * @param observed what the agent's clock said when it looked at its machine
 * @param seen when that came to be so, by a clock that is trusted
 * @param written when the API server noted the write of that, by its clock, in whole seconds; empty if it noted nothing
 * @param ahead by how much the agent's clock is ahead of that, negative if behind; empty if that is unknown
 */
record AgentHeartbeat(String uid, Instant observed, Instant seen, Optional<Instant> written, Optional<Duration> ahead) {
    boolean isOf(String worker, Instant time) {
        return uid.equals(worker) && observed.equals(time);
    }
}
