package dev.smartdispatcher.e2e.chaos.scenario;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a run is to be.
 *
 * @param jobs that users create, evenly over the disturbed time
 * @param seed of workload, timetable and connections
 * @param faults that are done to nodes, pods, workers, jobs and namespaces; the leaders' come on top, one each 25 s
 * @param length for how long there are disturbances
 * @param settle how long the farm may take afterwards until all jobs have ended
 * @param work for logs and data; emptied at the start
 * @param history the file in which all that happens is recorded
 */
public record Settings(int jobs, long seed, int faults, Duration length, Duration settle, Path work, Path history) {}
