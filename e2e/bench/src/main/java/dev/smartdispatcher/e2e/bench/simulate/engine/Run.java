package dev.smartdispatcher.e2e.bench.simulate.engine;

import dev.smartdispatcher.e2e.bench.simulate.trace.Job;
import java.util.List;

/**
 * All that happened in a run.
 *
 * @param attempts in order of their ends
 * @param leftOut jobs that no host could hold
 */
public record Run(Farm farm, List<Attempt> attempts, List<Job> leftOut) {}
