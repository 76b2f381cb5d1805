package dev.smartdispatcher.e2e.bench.advise.host;

import dev.smartdispatcher.e2e.bench.simulate.trace.Memory;
import dev.smartdispatcher.operator.scheduler.model.Room;

/**
 * What an administrator writes into a worker and the policy.
 *
 * @param budget limits of the worker
 * @param memory of a job that states none
 * @param disk of a job that states none, in bytes
 * @param makeJobs most of a job
 */
public record Limits(Room budget, Memory memory, long disk, int makeJobs) {}
