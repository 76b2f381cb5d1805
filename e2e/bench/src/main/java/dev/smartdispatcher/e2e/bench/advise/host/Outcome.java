package dev.smartdispatcher.e2e.bench.advise.host;

/**
 * What a run came to.
 *
 * @param meanTurnaround seconds from arrival to end, of all jobs
 * @param end seconds until the last job was done
 * @param kills attempts that ran out of memory or disk
 */
public record Outcome(double meanTurnaround, double end, int kills) {}
