package dev.smartdispatcher.e2e.bench.simulate.engine;

import dev.smartdispatcher.e2e.bench.simulate.trace.Host;

/**
 * A decision: a job starts on a host.
 *
 * @param processes its N
 * @param memory bytes that are kept for it
 * @param disk bytes that are kept for it
 */
public record Start(Request request, Host host, int processes, long memory, long disk) {}
