package dev.smartdispatcher.agent.advise;

import dev.smartdispatcher.agent.advisor.Advice;
import dev.smartdispatcher.agent.advisor.Host;

/**
 * The advice for a worker.
 *
 * @param worker name of its BuildWorker
 */
public record Named(String worker, Host host, Advice advice) {}
