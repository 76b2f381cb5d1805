package dev.smartdispatcher.e2e.bench.advise.host;

import dev.smartdispatcher.agent.advisor.Foreign;
import dev.smartdispatcher.agent.advisor.JobMix;
import dev.smartdispatcher.e2e.bench.simulate.trace.Trace;

/**
 * A mix of jobs.
 *
 * @param jobs what an administrator would answer
 * @param foreign what an administrator would answer
 * @param trace which jobs to draw, all at once
 * @param wavePerThread how many of them come at first for each thread of a host, at most half of all
 * @param load part of a host's CPU or disk that the others need
 */
public record Mix(
        String name, JobMix jobs, Foreign foreign, Trace trace, int wavePerThread, double load, int jobsPerRun) {}
